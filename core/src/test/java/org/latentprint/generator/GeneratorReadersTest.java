package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;

class GeneratorReadersTest {
    private static final GeneratorReader FAILS = new GeneratorReader() {
        @Override
        public String id() {
            return "fails/1";
        }

        @Override
        public Reading read(ItemMetadata metadata) {
            throw new IllegalStateException("a fault nobody foresaw");
        }
    };

    @Test
    void theProblemOfAReaderThatFailsNamesThePlacesAndNothingIsClaimed() {
        Reading reading = GeneratorReaders.readAll(item(10), List.of(FAILS));

        assertThat(reading.claimed()).isEmpty();
        Problem problem = reading.problems().getFirst();
        assertThat(problem.category()).isEqualTo(Problem.Category.READER_FAILED);
        assertThat(problem.reader()).isEqualTo("fails/1");
        assertThat(problem.offset()).hasValue(41);
        assertThat(problem.message())
                .contains("png/tEXt key0 at offset 41, png/tEXt key1 at offset 42")
                .contains("and 2 more")
                .contains("a fault nobody foresaw");
    }

    @Test
    void theReadersBehindOneThatFailsStillRun() {
        GeneratorReader works = new GeneratorReader() {
            @Override
            public String id() {
                return "works/1";
            }

            @Override
            public Reading read(ItemMetadata metadata) {
                return Reading.of(List.of(), metadata.blocks());
            }
        };

        assertThat(GeneratorReaders.readAll(item(3), List.of(FAILS, works)).claimed())
                .hasSize(3);
    }

    @Test
    void aListOfWhichAPartIsLeftOutIsAProblemThatSaysHowMuch() {
        GeneratorReader cuts = new GeneratorReader() {
            @Override
            public String id() {
                return "cuts/1";
            }

            @Override
            public Reading read(ItemMetadata metadata) {
                MetadataBlock block = metadata.blocks().getFirst();
                GenerationBuilder builder = Generation.builder("Garden", block.origin());
                builder.first(IntStream.range(0, 7).boxed(), 3, "LoRAs")
                        .forEach(number -> builder.lora(
                                new NamedLora(Optional.of("bicycle " + number), Optional.empty(), Map.of())));
                builder.first(IntStream.range(0, 3).boxed(), 3, "pictures");
                return Reading.of(List.of(builder.build()), metadata.blocks());
            }
        };

        Reading reading = GeneratorReaders.readAll(item(1), List.of(cuts));

        assertThat(reading.generations().getFirst().loras()).hasSize(3);
        assertThat(reading.problems())
                .containsExactly(Problem.at(
                        Problem.Category.LIMIT, "cuts/1", "7 LoRAs are recorded, the first 3 were read", 41));
    }

    private static ItemMetadata item(int blocks) {
        List<MetadataBlock> made = IntStream.range(0, blocks)
                .mapToObj(i -> new MetadataBlock(
                        "png/tEXt",
                        "key" + i,
                        new Origin("garden.png", 41 + i, 1, "0".repeat(64), "png/1"),
                        MetadataBlock.Crc.OK,
                        Optional.of("text"),
                        Optional.of("utf-8"),
                        Optional.empty()))
                .toList();
        return new ItemMetadata("garden.png", Optional.of("image/png"), 0, 0, made, Optional.empty(), List.of());
    }
}
