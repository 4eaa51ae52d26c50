package org.latentprint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.generator.ComfyUiReader;
import org.latentprint.generator.Generation;
import org.latentprint.generator.Pass;

/** Files that hold both forms of a graph must say the same from either. */
class CanvasSampleTest {
    private static final List<String> COMMENTED = List.of(
            "comfyui-animated-webp.webp",
            "comfyui-hires.png",
            "comfyui-low-denoise.png",
            "comfyui-save-image-extended.jpeg",
            "comfyui-save-image-extended.png",
            "comfyui-save-image-extended.webp",
            "comfyui-saveimagewithmetadata.png",
            "comfyui-upscale.png",
            "comfyui.png");

    /** Files whose two forms differ, and why. */
    private static final Map<String, String> DIFFERENT = COMMENTED.stream()
            .collect(Collectors.toMap(
                    name -> name, name -> "a comment in the text, which the editor leaves out of the run"));

    @Test
    void theEditorsFormSaysWhatTheFormThatRanSays() throws IOException {
        Optional<Path> samples = SampleScore.samples();
        assumeTrue(samples.isPresent(), "no samples beside this checkout");
        List<Path> files;
        try (Stream<Path> all = Files.list(samples.orElseThrow().resolve("comfyui"))) {
            files = all.sorted().toList();
        }
        int compared = 0;
        List<String> differences = new ArrayList<>();
        for (Path file : files) {
            String name = Objects.requireNonNull(file.getFileName()).toString();
            ItemMetadata metadata = MetadataExtractor.extract(name, HeapBytes.wrap(Files.readAllBytes(file)));
            Optional<MetadataBlock> workflow = metadata.blocks().stream()
                    .filter(block -> block.textOrEmpty().contains("last_node_id"))
                    .filter(block -> !block.textOrEmpty().contains("class_type"))
                    .findFirst();
            List<Generation> ran = new ComfyUiReader().read(metadata).generations();
            if (workflow.isEmpty() || !metadata.blocks().stream().anyMatch(CanvasSampleTest::isPrompt)) {
                continue;
            }
            compared++;
            List<Generation> edited = new ComfyUiReader()
                    .read(new ItemMetadata(
                            name,
                            metadata.mediaType(),
                            metadata.width(),
                            metadata.height(),
                            List.of(workflow.get()),
                            Optional.empty(),
                            List.of()))
                    .generations();
            Map<String, String> left = fields(ran);
            Map<String, String> right = fields(edited);
            left.forEach((field, value) -> {
                if (!value.equals(right.get(field)) && !(DIFFERENT.containsKey(name) && field.endsWith("positive"))) {
                    differences.add(name + " " + field + "\n   ran    " + value + "\n   edited " + right.get(field));
                }
            });
        }
        assertThat(compared).isGreaterThan(40);
        assertThat(differences)
                .withFailMessage(() -> String.join("\n", differences))
                .isEmpty();
    }

    private static boolean isPrompt(MetadataBlock block) {
        return block.textOrEmpty().contains("class_type");
    }

    private static Map<String, String> fields(List<Generation> unsorted) {
        // Parallel branches that fit equally stand in the order of the graph, which the two forms write differently
        List<Generation> generations = unsorted.stream()
                .sorted(Comparator.comparing(one -> one.passes().toString()))
                .toList();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("count", Integer.toString(generations.size()));
        for (int number = 0; number < generations.size(); number++) {
            Generation one = generations.get(number);
            String at = number + " ";
            fields.put(at + "task", one.task().toString());
            fields.put(at + "positive", one.positivePrompt().toString());
            fields.put(at + "negative", one.negativePrompt().toString());
            fields.put(at + "models", sorted(one.models().stream()));
            fields.put(at + "loras", sorted(one.loras().stream()));
            fields.put(at + "inputs", sorted(one.inputs().stream()));
            fields.put(at + "passes", sorted(one.passes().stream().map(CanvasSampleTest::pass)));
        }
        return fields;
    }

    private static String pass(Pass pass) {
        return String.join(
                " ",
                pass.node(),
                pass.seed().orElse("-"),
                pass.steps().map(Object::toString).orElse("-"),
                pass.sampler().orElse("-"),
                pass.scheduler().orElse("-"),
                number(pass.cfgScale().map(Object::toString)),
                number(pass.denoise().map(Object::toString)),
                pass.model().orElse("-"),
                pass.width() + "x" + pass.height());
    }

    /** The editor writes 1 where Python writes 1.0. */
    private static String number(Optional<String> number) {
        return number.map(text -> text.replaceFirst("\\.0+$", "")).orElse("-");
    }

    private static String sorted(Stream<?> values) {
        return values.map(value -> value.toString().replaceAll("(\\d)\\.0\\]", "$1]"))
                .sorted()
                .toList()
                .toString();
    }
}
