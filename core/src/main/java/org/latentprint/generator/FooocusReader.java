package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * Fooocus and forks of it with the metadata scheme {@code fooocus} ({@code FooocusMetadataParser} in
 * {@code modules/meta_parser.py}), and RuinedFooocus, which signs its own form with {@code software}
 * (excerpts of its source). The requested {@code resolution} stays a setting: the picture may be upscaled or cropped.
 *
 * <p>Untested ground: no file of RuinedFooocus was at hand.
 */
final class FooocusReader implements GeneratorReader {
    private static final String ID = "fooocus/1";
    private static final String NAME = "Fooocus";
    private static final String RUINED = "RuinedFooocus";
    private static final String SCHEME = "fooocus_scheme";
    private static final int MAX_ENTRIES = 100;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains("base_model") || text.contains(RUINED))
                    .flatMap(GeneratorJson::object);
            if (json.filter(FooocusReader::isRuined).isPresent()) {
                generations.add(ruined(json.orElseThrow(), block));
                claimed.add(block);
            } else if (json.filter(FooocusReader::isFooocus).isPresent()) {
                generations.add(fooocus(json.orElseThrow(), block));
                claimed.add(block);
            }
        }
        if (!generations.isEmpty()) {
            metadata.withKey(SCHEME).forEach(claimed::add);
        }
        return Reading.of(generations, claimed);
    }

    private static boolean isRuined(JsonNode json) {
        return GeneratorJson.text(json, "software").filter(RUINED::equals).isPresent();
    }

    private static boolean isFooocus(JsonNode json) {
        return json.has("base_model")
                && (json.has("metadata_scheme")
                        || GeneratorJson.text(json, "version")
                                .filter(version -> version.contains(NAME))
                                .isPresent());
    }

    private static Generation fooocus(JsonNode json, MetadataBlock block) {
        JsonRecord record = new JsonRecord(json);
        GenerationBuilder builder = start(block)
                .version(record.name("version"))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .scheduler(record.name("scheduler"))
                .cfgScale(record.decimal("guidance_scale"));
        texts(record.node("full_prompt")).forEach(text -> builder.positivePart(new PromptPart("full_prompt", text)));
        texts(record.node("full_negative_prompt"))
                .forEach(text -> builder.negativePart(new PromptPart("full_negative_prompt", text)));
        model(record, "base_model", "base_model_hash", builder);
        model(record, "refiner_model", "refiner_model_hash", builder);
        record.name("vae")
                .filter(name -> !name.startsWith("Default"))
                .ifPresent(name -> builder.model(NamedModel.named("vae", name)));
        loras(record, builder);
        record.keepRest(builder);
        return builder.build();
    }

    /** {@code loras} is a list of name, weight and hash; versions without it have {@code lora_combined_1} and so on. */
    private static void loras(JsonRecord record, GenerationBuilder builder) {
        boolean any = false;
        int seen = 0;
        for (JsonNode entry : record.node("loras")) {
            if (entry.isArray() && entry.path(0).isString() && seen++ < MAX_ENTRIES) {
                any = true;
                builder.lora(new NamedLora(
                        Optional.of(entry.path(0).stringValue()),
                        number(entry.path(1).asString("")),
                        entry.path(2).isString() ? HashKinds.of(entry.path(2).stringValue()) : Map.of()));
            }
        }
        for (int index = 1; index <= MAX_ENTRIES; index++) {
            Optional<String> combined = record.name("lora_combined_" + index);
            if (combined.isPresent() && !any) {
                String text = combined.orElseThrow();
                int border = text.lastIndexOf(" : ");
                builder.lora(new NamedLora(
                        Optional.of(border < 0 ? text : text.substring(0, border)),
                        border < 0 ? Optional.empty() : number(text.substring(border + 3)),
                        Map.of()));
            }
        }
    }

    private static Generation ruined(JsonNode json, MetadataBlock block) {
        JsonRecord record = new JsonRecord(json);
        record.text("software");
        GenerationBuilder builder = start(block)
                .variant(Optional.of(RUINED))
                .positivePrompt(record.text("Prompt").or(() -> record.text("prompt")))
                .negativePrompt(record.text("Negative"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler_name"))
                .scheduler(record.name("scheduler"))
                .cfgScale(record.decimal("cfg"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        model(record, "base_model_name", "base_model_hash", builder);
        model(record, "refiner_model_name", "refiner_model_hash", builder);
        int seen = 0;
        for (JsonNode entry : record.node("loras")) {
            // [hash, "weight - name"]
            String named = entry.path(1).asString("");
            int border = named.indexOf(" - ");
            if (border > 0 && seen++ < MAX_ENTRIES) {
                builder.lora(new NamedLora(
                        Optional.of(named.substring(border + 3)),
                        number(named.substring(0, border)),
                        HashKinds.of(entry.path(0).asString(""))));
            }
        }
        record.keepRest(builder);
        return builder.build();
    }

    private static GenerationBuilder start(MetadataBlock block) {
        GenerationBuilder builder = Generation.builder(NAME, block.origin().readBy(ID));
        return block.repaired().isPresent() ? builder.grade(Grade.DERIVED) : builder;
    }

    private static void model(JsonRecord record, String name, String hash, GenerationBuilder builder) {
        Map<String, String> hashes = record.name(hash).map(HashKinds::of).orElse(Map.of());
        record.name(name).ifPresent(found -> builder.model(new NamedModel("checkpoint", Optional.of(found), hashes)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : list) {
            if (entry.isString() && texts.size() < MAX_ENTRIES) {
                texts.add(entry.stringValue());
            }
        }
        return texts;
    }

    private static Optional<BigDecimal> number(String text) {
        return text.matches("-?\\d{1,6}(\\.\\d{1,30})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }
}
