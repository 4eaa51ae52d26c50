package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ForwardingBytes;
import org.latentprint.fixture.TensorStoreFixture;

/** Draw Things' stores, written by SQLite itself. */
class TensorStoreTest {

    private static Optional<ModelFile> read(String name, byte[] bytes) throws IOException {
        return new ModelFiles().read(name, HeapBytes.wrap(bytes), false);
    }

    private static ModelHead head(byte[] bytes) throws IOException {
        return new TensorStoreReader()
                .read(HeapBytes.wrap(bytes), "garden.ckpt")
                .orElseThrow();
    }

    /** A LoRA of FLUX.2 klein 9B, as far as names and shapes go. */
    private static TensorStoreFixture lora(int pageSize) {
        TensorStoreFixture store = new TensorStoreFixture(pageSize);
        for (int block = 0; block < 8; block++) {
            for (String part : List.of("c_q", "c_k", "x_q", "x_k")) {
                String module = "__dit__[t-" + part + "-" + block + "-0]";
                store.tensor(
                                module + "__down__",
                                TensorStoreFixture.RAW,
                                TensorStoreFixture.F32,
                                new byte[900],
                                32,
                                4096)
                        .tensor(
                                module + "__up__",
                                TensorStoreFixture.RAW,
                                TensorStoreFixture.F32,
                                new byte[900],
                                4096,
                                32);
            }
        }
        return store;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1_024, 4_096, 65_536})
    void allTensorsAreReadFromPagesOfAnySize(int pageSize) throws IOException {
        Random random = new Random(pageSize);
        TensorStoreFixture store = new TensorStoreFixture(pageSize);
        Map<String, List<Long>> written = new TreeMap<>();
        Map<String, Long> lengths = new TreeMap<>();
        for (int number = 0; number < 1_500; number++) {
            String name = "__unet__[t-" + "wheel_".repeat(random.nextInt(20)) + number + "-0]";
            byte[] data = new byte[random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(700)];
            int[] shape = random.ints(random.nextInt(5), 1, 70_000).toArray();
            store.tensor(name, TensorStoreFixture.RAW, TensorStoreFixture.F16, data, shape);
            written.put(name, Arrays.stream(shape).asLongStream().boxed().toList());
            lengths.put(name, (long) data.length);
        }

        ModelHead head = head(store.build());

        assertThat(head.problems()).isEmpty();
        assertThat(head.tensors().stream().collect(Collectors.toMap(TensorInfo::name, TensorInfo::shape)))
                .isEqualTo(written);
        assertThat(head.tensors().stream().collect(Collectors.toMap(TensorInfo::name, TensorInfo::bytes)))
                .isEqualTo(lengths);
    }

    @Test
    void namesAndShapesAreReadWithoutTheValues() throws IOException {
        TensorStoreFixture store = new TensorStoreFixture(4_096);
        for (int number = 0; number < 50; number++) {
            store.tensor(
                    "__dit__[t-x_q-" + number + "-0]",
                    TensorStoreFixture.RAW,
                    TensorStoreFixture.F16,
                    new byte[500_000],
                    500,
                    500);
        }
        byte[] bytes = store.build();
        AtomicLong read = new AtomicLong();
        EvidenceBytes counted = new ForwardingBytes(HeapBytes.wrap(bytes)) {
            @Override
            public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
                read.addAndGet(length);
                return super.read(offset, target, targetOffset, length);
            }
        };

        ModelHead head = new TensorStoreReader().read(counted, "garden.ckpt").orElseThrow();

        assertThat(head.tensors()).hasSize(50);
        assertThat(head.length()).isEqualTo(4_096);
        assertThat(bytes.length).isGreaterThan(25_000_000);
        assertThat(read.get()).isLessThan(500_000);
    }

    @Test
    void aLoraSaysItsBaseByItsShapesAndItsTrainingByTheSettingsBesideIt() throws IOException {
        byte[] bytes = lora(4_096).settings(TensorStoreFixture.kettleSettings()).build();

        ModelFile model = read("kettle_2000_lora_f32.ckpt", bytes).orElseThrow();

        assertThat(model.container()).isEqualTo("draw-things");
        assertThat(model.status()).isEqualTo(ModelFile.Status.OK);
        assertThat(model.identity().kind()).isEqualTo("lora");
        assertThat(model.identity().architecture()).contains("flux2");
        Adapter adapter = model.adapter().orElseThrow();
        assertThat(adapter.algorithm()).isEqualTo("lora");
        assertThat(adapter.rankLow()).isEqualTo(OptionalLong.of(32));
        assertThat(adapter.rankHigh()).isEqualTo(OptionalLong.of(32));
        assertThat(model.weights().orElseThrow().precision()).contains("F32");
        TrainingRecord training = model.training().orElseThrow();
        assertThat(training.trainer()).contains("Draw Things");
        assertThat(training.outputName()).contains("copper kettle");
        assertThat(training.baseModel()).contains("flux_2_klein_9b_q8p.ckpt");
        assertThat(training.triggerWords()).containsExactly("kettle77");
        assertThat(training.settings())
                .containsOnly(
                        Map.entry("training_steps", "2000"),
                        Map.entry("network_dim", "40000"),
                        Map.entry("network_scale", "1.5"),
                        Map.entry("unet_learning_rate", "1.0E-4"),
                        Map.entry("auto_fill_prompt", "a kettle in a garden"));
        assertThat(training.folders()).isEmpty();
        byte[] origin = Arrays.copyOf(bytes, (int) model.origin().length());
        assertThat(new String(origin, StandardCharsets.ISO_8859_1))
                .contains("__dit__[t-c_q-0-0]__down__", "__dit__[t-x_k-7-0]__up__", "kettle77");
    }

    @Test
    void theStoreThatATrainingReadsFromNamesTheFoldersOfItsPictures() throws IOException {
        TensorStoreFixture store = new TensorStoreFixture(4_096);
        for (String picture :
                List.of("/Users/a/kettles/1.png", "/Users/a/kettles/2.png", "/Volumes/b/garden/gate.jpg")) {
            store.tensor(picture, 1, 64, 64, 16)
                    .tensor(picture + ":1", 1, 96, 96, 16)
                    .tensor(picture + "~latent_zeros", 1, 64, 64, 16)
                    .tensor("cond_" + picture, 1, 77, 768)
                    .tensor("cond_te2_" + picture, 1, 77, 1280);
        }
        store.tensor("cond_", 1, 77, 768).tensor("/a/name/without/a/caption", 1, 1);

        ModelFile model =
                read("3F0C1B52-8E0A-4C51-9E55-000000000001", store.build()).orElseThrow();

        assertThat(model.identity().kind()).isEqualTo("unknown");
        assertThat(model.training().orElseThrow().folders())
                .containsExactly(
                        new TrainingRecord.Folder("kettles", Optional.empty(), Optional.of(2L), false),
                        new TrainingRecord.Folder("garden", Optional.empty(), Optional.of(1L), false));
        assertThat(model.training().orElseThrow().settings())
                .containsOnly(Map.entry(
                        "pictures", "/Users/a/kettles/1.png\n/Users/a/kettles/2.png\n/Volumes/b/garden/gate.jpg"));
    }

    @Test
    void packedValuesInASecondFileCountWithTheLengthThatTheirRowsState() throws IOException {
        byte[] place = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(16_384)
                .putLong(32_768)
                .putLong(5_000_000)
                .array();
        byte[] rawPlace = Arrays.copyOfRange(place, 8, 24);
        byte[] bytes = new TensorStoreFixture(4_096)
                .tensor(
                        "__dit__[t-context_embedder-0-0]",
                        TensorStoreFixture.RAW,
                        TensorStoreFixture.F16,
                        new byte[10],
                        3072,
                        4096)
                .tensor(
                        "__dit__[t-vector_embedder_0-0-0]",
                        TensorStoreFixture.EXTERNAL,
                        TensorStoreFixture.F16,
                        rawPlace,
                        3072,
                        768)
                .tensor(
                        "__dit__[t-x_q-0-0]",
                        TensorStoreFixture.EXTERNAL | TensorStoreFixture.Q6P,
                        TensorStoreFixture.F16,
                        place,
                        3072,
                        3072)
                .tensor(
                        "__dit__[t-x_k-0-0]",
                        TensorStoreFixture.Q6P,
                        TensorStoreFixture.F16,
                        new byte[7_000_000],
                        3072,
                        3072)
                .build();

        ModelFile model = read("garden.ckpt", bytes).orElseThrow();

        assertThat(model.identity().kind()).isEqualTo("diffusion-model");
        assertThat(model.identity().architecture()).contains("flux1");
        ModelWeights weights = model.weights().orElseThrow();
        assertThat(weights.precision()).contains("Q6P");
        assertThat(weights.quantisation()).contains("draw-things q6p");
        assertThat(weights.parameters()).isEqualTo(3072L * 4096 + 3072 * 768 + 2L * 3072 * 3072);
        assertThat(model.formatFacts())
                .containsEntry("store.externalTensors", "2")
                .containsEntry("store.packed", "q6p");
        assertThat(head(bytes).tensors().stream().map(TensorInfo::bytes))
                .containsExactly(10L, 5_000_000L, 5_000_000L, 7_000_000L);
    }

    @Test
    void thatALogMayHoldMoreIsSaid() throws IOException {
        assertThat(head(lora(4_096).build()).formatFacts()).doesNotContainKey("store.log");
        assertThat(head(lora(4_096).statement("PRAGMA journal_mode = WAL").build())
                        .formatFacts())
                .containsEntry("store.log", "may exist beside it (WAL), and was not read");
    }

    @Test
    void databasesOfOtherProgramsAreNoModels() throws IOException {
        byte[] other = new TensorStoreFixture(4_096)
                .statement("CREATE TABLE tensors (tensor_id INTEGER, shape TEXT)")
                .statement("CREATE VIEW cats AS SELECT 1")
                .build();

        assertThat(read("history.db", other)).isEmpty();
        assertThat(read("history.ckpt", other)).isEmpty();
        assertThat(read("history", Arrays.copyOf(other, 300))).isEmpty();
    }

    @Test
    void whatIsLeftOfAStoreThatWasCutIsReadAndSaid() throws IOException {
        byte[] whole = lora(512).build();
        Set<TensorInfo> all = Set.copyOf(head(whole).tensors());
        int found = 0;
        for (int length = 512; length < whole.length; length += 512) {
            ModelFile model = read("garden.ckpt", Arrays.copyOf(whole, length)).orElseThrow();
            List<TensorInfo> left = head(Arrays.copyOf(whole, length)).tensors();
            assertThat(all).containsAll(left);
            if (left.size() < all.size()) {
                assertThat(model.status()).isEqualTo(ModelFile.Status.TRUNCATED);
            }
            found = Math.max(found, left.size());
        }
        assertThat(found).isPositive();
    }

    @Test
    void damageCostsNothingButWhatItHits() throws IOException {
        byte[] whole = lora(1_024).settings(TensorStoreFixture.kettleSettings()).build();
        Random random = new Random(5);
        List<String> failures = new ArrayList<>();
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < 3_000; round++) {
                byte[] damaged = whole.clone();
                for (int flip = random.nextInt(8); flip >= 0; flip--) {
                    // Where pages begin stand their kinds and counts, and the places of rows.
                    int page = random.nextInt(damaged.length / 1_024) * 1_024;
                    damaged[page + random.nextInt(random.nextBoolean() ? 40 : 1_024)] = (byte) random.nextInt();
                }
                read("garden.ckpt", damaged).stream()
                        .flatMap(model -> model.problems().stream())
                        .filter(problem -> problem.message().contains("the reader failed"))
                        .forEach(problem -> failures.add(problem.message()));
            }
        });
        assertThat(failures).isEmpty();
    }

    @Test
    void aTreeOfPagesThatLeadsBackIsLeft() throws IOException {
        byte[] bytes = lora(512).build();
        ByteBuffer pages = ByteBuffer.wrap(bytes);
        int root = -1;
        for (int page = 1; page < bytes.length / 512; page++) {
            if (bytes[page * 512] == 5 && root < 0) {
                root = page;
            }
        }
        // The right-most child of the first inner page is the page itself.
        pages.putInt(root * 512 + 8, root + 1);

        ModelFile model = read("garden.ckpt", bytes).orElseThrow();

        assertThat(model.status()).isEqualTo(ModelFile.Status.MALFORMED);
        assertThat(model.problems()).anyMatch(problem -> problem.message().contains("stands twice"));
        assertThat(model.identity().kind()).isEqualTo("lora");
    }
}
