package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
    /** The second one is that of pipelines that are put together of blocks (huggingface/diffusers: modular_pipelines). */
    private static final List<String> PIPELINES = List.of("model_index.json", "modular_model_index.json");

    private static final Set<String> NETWORKS = Set.of("unet", "transformer");
    private static final String SHARDS = ".index.json";

    /** Files by which Core ML's folders are known, *.mlpackage and *.mlmodelc; not held against real ones. */
    private static final String CORE_ML_PACKAGE = "Manifest.json";

    private static final String CORE_ML_COMPILED = "coremldata.bin";

    /** The hub's default branch: its file in refs names the revision, even where the blobs are gone. */
    private static final String HUB_REFERENCE = "main";

    private static final int REVISION_LENGTH = 40;

    /** The largest index of shards seen has 200 KB. */
    private static final int MAX_JSON = 16 << 20;

    /** The largest models seen have some two hundred. */
    private static final int MAX_SHARDS = 1_000;

    private final SortedSet<String> paths;
    private final Opener opener;
    private final KnownTables known = new KnownTables();

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
        return PIPELINES.contains(name)
                || name.endsWith(SHARDS)
                || weights(name)
                || name.equals(CORE_ML_PACKAGE)
                || name.equals(CORE_ML_COMPILED)
                || name.equals(HUB_REFERENCE);
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
            if (PIPELINES.contains(name(path))) {
                pipelines.add(folder(path));
                folders.one(path, true).ifPresent(model -> found.putIfAbsent(folder(path), model));
            }
        }
        for (String path : paths) {
            folders.marked(path).ifPresent(model -> found.putIfAbsent(markedFolder(path), model));
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

    private static String markedFolder(String path) {
        return name(path).equals(HUB_REFERENCE) ? folder(folder(path)) : folder(path);
    }

    /** Reads folders of which only a mark can be said: Core ML, and repositories in the hub's cache. */
    private Optional<ModelFile> marked(String path) {
        String name = name(path);
        String folder = folder(path);
        boolean coreMl = (name.equals(CORE_ML_PACKAGE) && folder.endsWith(".mlpackage"))
                || (name.equals(CORE_ML_COMPILED) && folder.endsWith(".mlmodelc"));
        boolean hub = name.equals(HUB_REFERENCE)
                && folder.endsWith("/refs")
                && !HubCache.facts(path).isEmpty();
        if (!coreMl && !hub) {
            return Optional.empty();
        }
        try (EvidenceBytes bytes = opener.open(path)) {
            int size = (int) Math.min(bytes.size(), REVISION_LENGTH);
            Origin origin = new Origin(path, 0, size, ModelHashes.range(bytes, 0, size), ID);
            ModelHead head = new ModelHead(ID, coreMl ? "coreml" : "hub-cache");
            String revision = new String(bytes.readExactly(0, size), StandardCharsets.US_ASCII);
            if (hub && revision.matches("[0-9a-f]{40}")) {
                head.formatFacts().put("hubRevision", revision);
            }
            return Optional.of(model(head, ModelIdentity.UNKNOWN, List.of(), hub ? path : folder, origin));
        } catch (IOException unreadable) {
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
            if (NETWORKS.contains(component)) {
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
                ModelFileReader reader = file.endsWith(".bin") ? new TorchZipReader() : new SafetensorsReader(known);
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
        facts.putAll(HubCache.facts(folder));
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
