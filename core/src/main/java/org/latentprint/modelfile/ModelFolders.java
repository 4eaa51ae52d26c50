package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads folders that are one model: diffusers folders (huggingface/diffusers: model_index.json) and models in shards
 * (huggingface/transformers: *.index.json).
 */
public final class ModelFolders {
    private static final String ID = "model-folder/1";
    private static final String PIPELINE = "model_index.json";
    private static final String SHARDS = ".index.json";

    /** The largest index of shards seen has 200 KB. */
    private static final int MAX_JSON = 16 << 20;

    private static final int MAX_SHARDS = 1_000;

    /** A snapshot in the cache of the hub (huggingface_hub: manage-cache.md). */
    private static final Pattern HUB =
            Pattern.compile("(?:.*/)?models--([^/]+?)--([^/]+)/snapshots/([0-9a-f]{40})(?:/.*)?");

    private final SortedSet<String> paths;
    private final Opener opener;

    private ModelFolders(SortedSet<String> paths, Opener opener) {
        this.paths = paths;
        this.opener = opener;
    }

    /** Opens an item by its path. */
    @FunctionalInterface
    public interface Opener {
        EvidenceBytes open(String path) throws IOException;
    }

    /**
     * Says whether an item's name can matter to {@link #read}, so that a caller need not keep all names.
     *
     * @param name last part of the item's path
     */
    public static boolean matters(String name) {
        return name.equals(PIPELINE) || name.endsWith(SHARDS) || weights(name);
    }

    private static boolean weights(String name) {
        return name.endsWith(".safetensors") || name.endsWith(".bin");
    }

    /**
     * Finds and reads all models that are folders.
     *
     * @param paths of the items whose names matter
     * @param opener gives their bytes
     * @return folder to model, sorted; the empty path is the source itself
     */
    public static Map<String, ModelFile> read(SortedSet<String> paths, Opener opener) {
        ModelFolders folders = new ModelFolders(paths, opener);
        Map<String, ModelFile> found = new TreeMap<>();
        List<String> pipelines = new ArrayList<>();
        for (String path : paths) {
            if (name(path).equals(PIPELINE)) {
                pipelines.add(folder(path));
                folders.one(path, true).ifPresent(model -> found.put(folder(path), model));
            }
        }
        for (String path : paths) {
            boolean inPipeline = pipelines.stream().anyMatch(folder -> inside(path, folder));
            if (name(path).endsWith(SHARDS) && !inPipeline) {
                folders.one(path, false).ifPresent(model -> found.putIfAbsent(folder(path), model));
            }
        }
        return found;
    }

    private Optional<ModelFile> one(String index, boolean pipeline) {
        try (EvidenceBytes bytes = opener.open(index)) {
            if (bytes.size() > MAX_JSON) {
                return Optional.empty();
            }
            int size = (int) bytes.size();
            JsonNode json = JsonMapper.shared().readTree(bytes.readExactly(0, size));
            Origin origin = new Origin(index, 0, size, ModelHashes.range(bytes, 0, size), ID);
            return pipeline ? pipeline(folder(index), json, origin) : shards(folder(index), json, origin);
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<ModelFile> pipeline(String folder, JsonNode json, Origin origin) throws IOException {
        List<String> components = new ArrayList<>();
        json.propertyStream()
                .filter(entry ->
                        entry.getValue().isArray() && !entry.getValue().path(0).isNull())
                .forEach(entry -> components.add(entry.getKey()));
        if (components.isEmpty()) {
            return Optional.empty();
        }
        ModelHead all = new ModelHead(ID, "diffusers-folder");
        ModelIdentity main = ModelIdentity.UNKNOWN;
        for (String component : components) {
            String place = join(folder, component);
            ModelHead part = merged(place, oneVariant(place), "safetensors", all);
            if (component.equals("unet") || component.equals("transformer")) {
                main = ModelClassifier.classify(part).identity();
            }
            all.tensors().addAll(part.tensors());
        }
        all.formatFacts().put("pipelineClass", json.path("_class_name").asString(""));
        return Optional.of(model(all, main.as("checkpoint", components), List.of(), folder, origin));
    }

    private Optional<ModelFile> shards(String folder, JsonNode json, Origin origin) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode name : json.path("weight_map")) {
            names.add(join(folder, name.asString("")));
        }
        if (names.isEmpty() || names.size() > MAX_SHARDS) {
            return Optional.empty();
        }
        ModelHead all = new ModelHead(ID, "safetensors-sharded");
        ModelHead merged = merged(folder, new ArrayList<>(names), "safetensors-sharded", all);
        all.tensors().addAll(merged.tensors());
        ModelClassifier.Result result = ModelClassifier.classify(all);
        return Optional.of(model(all, result.identity(), result.telling(), folder, origin));
    }

    /** Returns the weight files of a component; of several variants, such as fp16 beside full, only one counts. */
    private List<String> oneVariant(String place) {
        List<String> files = paths.subSet(place + "/", place + "0").stream()
                .filter(path -> folder(path).equals(place) && weights(path))
                .toList();
        List<String> safe =
                files.stream().filter(path -> path.endsWith(".safetensors")).toList();
        List<String> chosen = safe.isEmpty() ? files : safe;
        List<String> plain =
                chosen.stream().filter(path -> !name(path).contains(".fp16")).toList();
        return plain.isEmpty() ? chosen : plain;
    }

    private ModelHead merged(String place, List<String> files, String container, ModelHead all) throws IOException {
        ModelHead merged = new ModelHead(ID, container);
        for (String file : files) {
            if (!paths.contains(file)) {
                all.malformed("a shard is missing: " + file, 0);
                continue;
            }
            try (EvidenceBytes bytes = opener.open(file)) {
                ModelFileReader reader = file.endsWith(".bin") ? new TorchZipReader() : new SafetensorsReader();
                ModelFiles.readHead(reader, bytes, name(file)).ifPresent(head -> {
                    int room = Math.max(
                            0, SafetensorsReader.MAX_TENSORS - merged.tensors().size());
                    merged.tensors().addAll(head.tensors().stream().limit(room).toList());
                });
            } catch (EOFException end) {
                all.malformed("a weight file ends early in " + place, 0);
            }
        }
        return merged;
    }

    private static ModelFile model(
            ModelHead head, ModelIdentity identity, List<String> telling, String folder, Origin origin) {
        Map<String, String> facts = new LinkedHashMap<>(head.formatFacts());
        Matcher hub = HUB.matcher(folder);
        if (hub.matches()) {
            facts.put("hubModel", hub.group(1) + "/" + hub.group(2));
            facts.put("hubRevision", hub.group(3));
        }
        List<Problem> problems = head.problems();
        return new ModelFile(
                head.container(),
                problems.isEmpty() ? ModelFile.Status.OK : ModelFile.Status.MALFORMED,
                identity,
                Optional.empty(),
                ModelCounts.of(head),
                Map.of(),
                Map.of(),
                facts,
                Optional.empty(),
                Optional.empty(),
                telling,
                origin,
                problems);
    }

    private static boolean inside(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder + "/");
    }

    private static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
