package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each trainer's metadata say of a training. */
class TrainingRecordTest {

    private static TrainingRecord read(String... keysAndValues) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            metadata.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TrainingReader.read(metadata).orElseThrow();
    }

    @Test
    void kohyaNamesRunBaseFoldersAndTags() {
        TrainingRecord training = read(
                "ss_sd_scripts_commit_hash", "48d368f",
                "ss_output_name", "bicycle",
                "ss_session_id", "77",
                "ss_training_started_at", "1718445123.5",
                "ss_training_finished_at", "1718448723.5",
                "ss_sd_model_name", "base.safetensors",
                "ss_sd_model_hash", "be9edd61",
                "ss_new_sd_model_hash", "ab".repeat(32),
                "ss_num_train_images", "240",
                "ss_num_epochs", "10",
                "ss_steps", "1200",
                "ss_dataset_dirs", "{\"10_bicycle\": {\"n_repeats\": 10, \"img_count\": 24}}",
                "ss_reg_dataset_dirs", "{\"1_road\": {\"n_repeats\": 1, \"img_count\": 5}}",
                "ss_tag_frequency", "{\"10_bicycle\": {\"wheel\": 19, \" bicycle\": 24}, \"5_cat\": {\"wheel\": 2}}",
                "ss_vae_name", "None");

        assertThat(training.trainer()).contains("kohya sd-scripts");
        assertThat(training.trainerVersion()).contains("48d368f");
        assertThat(training.started().orElseThrow()).hasToString("2024-06-15T09:52:03Z");
        assertThat(training.finished().orElseThrow()).hasToString("2024-06-15T10:52:03Z");
        assertThat(training.baseModelHashes())
                .containsExactly(Map.entry("sha256", "ab".repeat(32)), Map.entry("autoV1", "be9edd61"));
        assertThat(training.imagesTimesRepeats()).contains(240L);
        assertThat(training.folders())
                .containsExactly(
                        new TrainingRecord.Folder("10_bicycle", Optional.of(10L), Optional.of(24L), false),
                        new TrainingRecord.Folder("1_road", Optional.of(1L), Optional.of(5L), true));
        assertThat(training.tags())
                .containsExactly(new TrainingRecord.Tag("bicycle", 24), new TrainingRecord.Tag("wheel", 21));
        assertThat(training.settings()).doesNotContainKey("ss_vae_name");
    }

    @Test
    void kohyasDatasetFilesListSubsets() {
        TrainingRecord training = read(
                "ss_output_name",
                "kettle",
                "ss_datasets",
                "[{\"tag_frequency\":{\"kettle\":{\"copper\":7}},\"subsets\":[{\"image_dir\":\"kettle\",\"img_count\":7,"
                        + "\"num_repeats\":3,\"is_reg\":false}]}]");

        assertThat(training.folders())
                .containsExactly(new TrainingRecord.Folder("kettle", Optional.of(3L), Optional.of(7L), false));
        assertThat(training.tags()).containsExactly(new TrainingRecord.Tag("copper", 7));
    }

    @Test
    void aiToolkitsTagCountIsItsTriggerWord() {
        TrainingRecord training = read(
                "software", "{\"name\":\"ai-toolkit\",\"version\":\"0.12.26\"}",
                "training_info", "{\"step\":2000,\"epoch\":33}",
                "ss_output_name", "lighthouse_v1",
                "ss_tag_frequency", "{\"1_lighthouse\":{\"lighthouse\":1}}");

        assertThat(training.trainer()).contains("ai-toolkit");
        assertThat(training.trainerVersion()).contains("0.12.26");
        assertThat(training.steps()).contains("2000");
        assertThat(training.epochs()).contains("33");
        assertThat(training.tags()).isEmpty();
        assertThat(training.triggerWords()).containsExactly("lighthouse");
    }

    @Test
    void oneTrainersConceptsAreFolders() {
        TrainingRecord training = read(
                "ot_revision",
                "23df3832",
                "ot_config",
                "{\"base_model_name\":\"garden/base\",\"epochs\":40,\"concepts\":["
                        + "{\"name\":\"a\",\"path\":\"C:\\\\sets\\\\bicycle\\\\\",\"balancing\":4.0,\"balancing_strategy\":\"REPEATS\"},"
                        + "{\"name\":\"b\",\"path\":\"/sets/cat\",\"balancing\":50.0,\"balancing_strategy\":\"SAMPLES\"},"
                        + "{\"name\":\"c\",\"path\":\"/sets/off\",\"enabled\":false},"
                        + "{\"name\":\"d\",\"path\":\"/sets/check\",\"validation_concept\":true}]}");

        assertThat(training.trainer()).contains("OneTrainer");
        assertThat(training.trainerVersion()).contains("23df3832");
        assertThat(training.baseModel()).contains("garden/base");
        assertThat(training.epochs()).contains("40");
        assertThat(training.folders())
                .containsExactly(
                        new TrainingRecord.Folder("bicycle", Optional.of(4L), Optional.empty(), false),
                        new TrainingRecord.Folder("cat", Optional.empty(), Optional.empty(), false));
    }

    @Test
    void musubiIsKnownByItsModules() {
        TrainingRecord training = read(
                "ss_network_module", "networks.lora_wan", "ss_base_model_version", "wan", "ss_output_name", "waves");

        assertThat(training.trainer()).contains("musubi-tuner");
        assertThat(training.baseModelVersion()).contains("wan");
    }

    @Test
    void simpleTunerIsKnownByItsOwnKeysBesideTheSpecification() {
        TrainingRecord training = read(
                "modelspec.sai_model_spec", "1.0.1",
                "modelspec.implementation", "diffusers",
                "modelspec.architecture", "flux-dev/lora",
                "modelspec.comment", "second try",
                "trained_words", "photo of sks kettle",
                "ss_tag_frequency", "{\"kettle-512\":{\"copper\":19}}");

        assertThat(training.trainer()).contains("SimpleTuner");
        assertThat(training.triggerWords()).containsExactly("photo of sks kettle");
        assertThat(training.tags()).containsExactly(new TrainingRecord.Tag("copper", 19));
        assertThat(training.comment()).contains("second try");
        assertThat(training.folders()).isEmpty();
        assertThat(read("trained_words", "kettle").trainer()).isEmpty();
    }

    @Test
    void aMergeNamesItsParentsByNameAndHash() {
        TrainingRecord training = read(
                "sd_merge_recipe",
                "{\"type\":\"webui\",\"interp_method\":\"Weighted sum\",\"multiplier\":0.35}",
                "sd_merge_models",
                "{\"" + "AB".repeat(32) + "\":{\"name\":\"meadow.safetensors\",\"legacy_hash\":\"0a1b2c3d\"},"
                        + "\"short\":{\"name\":\"shore.safetensors\"}}");

        assertThat(training.mergedFrom()).containsExactly("meadow.safetensors", "shore.safetensors");
        assertThat(training.parents()).containsExactly(Map.entry("ab".repeat(32), "meadow.safetensors"));
        assertThat(training.settings().get("sd_merge_recipe")).contains("Weighted sum");
        assertThat(training.trainer()).isEmpty();
    }

    @Test
    void brokenTextsGiveNothing() {
        TrainingRecord training = read(
                "ss_output_name", "x",
                "ss_training_started_at", "yesterday",
                "ss_num_train_images", "99999999999999999999",
                "ss_dataset_dirs", "{\"10_cat\":",
                "ss_tag_frequency", "{\"10_cat\":{\"cat\":3},\"5_dog\":{\"a\":",
                "ot_config", "[".repeat(1_000));

        assertThat(training.started()).isEmpty();
        assertThat(training.imagesTimesRepeats()).isEmpty();
        assertThat(training.folders()).isEmpty();
        assertThat(training.tags()).isEmpty();
    }
}
