package org.latentprint.damage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.latentprint.fixture.ContainerFiles;
import org.latentprint.fixture.DemoExhibit;
import org.latentprint.fixture.FuzzSeeds;
import org.latentprint.fuzz.RecordFiles;
import org.latentprint.samples.SampleScore;

/** The whole files that are damaged: name to bytes. */
final class Intact {
    private Intact() {}

    /** Returns the files that the fixtures make: every container, every program's record, models, and the demo's exhibit. */
    static SortedMap<String, byte[]> fixtures() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        ContainerFiles.media().forEach((name, bytes) -> files.put("container/" + name, bytes));
        ContainerFiles.others().forEach((name, bytes) -> files.put("container/" + name, bytes));
        RecordFiles.all().forEach((name, bytes) -> files.put("record/" + name, bytes));
        FuzzSeeds.all().forEach((name, bytes) -> files.put("model/" + name + ending(name), bytes));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(DemoExhibit.zip()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put("demo/" + entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    /** Returns the pictures and films beside the repository; none where they are absent. */
    static SortedMap<String, byte[]> samples() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (SampleScore.samples().isEmpty()) {
            return files;
        }
        Path folder = SampleScore.samples().get();
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> media = paths.filter(Files::isRegularFile)
                    .filter(path -> path.toString()
                            .toLowerCase(Locale.ROOT)
                            .matches(".*\\.(png|jpe?g|webp|gif|avif|mp4|mov|webm|mkv|txt)"))
                    .toList();
            for (Path path : media) {
                files.put("sample/" + folder.relativize(path), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static String ending(String target) {
        return switch (target.substring(0, target.indexOf('/'))) {
            case "safetensors" -> ".safetensors";
            case "pickle" -> ".pkl";
            case "torchZip" -> ".pt";
            case "gguf" -> ".gguf";
            case "onnx" -> ".onnx";
            case "numpy" -> ".npz";
            case "diffusionPipe" -> ".toml";
            case "trainingRecord" -> ".json";
            case "modelCard" -> "/README.md";
            default -> ".civitai.info";
        };
    }
}
