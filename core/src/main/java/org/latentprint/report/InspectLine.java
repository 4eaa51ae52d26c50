package org.latentprint.report;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.PlainJson;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.Declaration;
import org.latentprint.generator.Generation;
import org.latentprint.generator.Inference;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.NamedLora;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.Pass;
import org.latentprint.generator.PromptPart;
import org.latentprint.generator.Task;
import org.latentprint.modelfile.ModelFile;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes what one item gave as one line of JSON, with the fields in a fixed order. What the item does not say is {@code
 * null} or an empty list; why it was not read, or not whole, stands under {@code unread}. What names no program stands under {@code declarations}, not under {@code generations}. All characters beyond ASCII are escaped, so that a terminal shows the line as it is.
 */
public final class InspectLine {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private InspectLine() {}

    /**
     * Formats one item.
     *
     * @param file the path to show, as the examiner can use it
     * @param findings what the item gave
     * @return one line without its line end
     */
    public static String format(String file, ItemFindings findings) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("file", file);
            text(json, "media_type", findings.metadata().flatMap(metadata -> metadata.mediaType()));
            json.writeNumberProperty("size", findings.item().size());
            // An item that was not read says nothing, which must not be taken for having nothing to say.
            findings.reason().ifPresent(reason -> {
                json.writeObjectPropertyStart("unread");
                json.writeStringProperty("outcome", findings.outcome().word());
                json.writeStringProperty("reason", reason);
                json.writeEndObject();
            });
            text(json, "md5", findings.digests().map(Digests::md5));
            text(json, "sha1", findings.digests().map(Digests::sha1));
            text(json, "sha256", findings.digests().map(Digests::sha256));
            array(
                    json,
                    "generations",
                    findings.generations().stream()
                            .filter(Generation::namesProgram)
                            .toList(),
                    InspectLine::generation);
            declarations(json, findings.generations());
            findings.modelFile()
                    .ifPresentOrElse(
                            model -> {
                                json.writeName("model_file");
                                ModelFileJson.write(json, model);
                            },
                            () -> json.writeNullProperty("model_file"));
            array(
                    json,
                    "blocks",
                    findings.metadata().map(metadata -> metadata.blocks()).orElse(List.of()),
                    InspectLine::block);
            json.writeArrayPropertyStart("content_credentials");
            findings.metadata().stream()
                    .flatMap(metadata -> metadata.credentials().stream())
                    .forEach(credentials -> credentials(json, credentials));
            json.writeEndArray();
            findings.metadata().flatMap(metadata -> metadata.trailing()).ifPresent(trailing -> {
                json.writeObjectPropertyStart("trailing");
                json.writeNumberProperty("offset", trailing.offset());
                json.writeNumberProperty("length", trailing.length());
                json.writeEndObject();
            });
            array(json, "problems", findings.problems(), InspectLine::problem);
            json.writeEndObject();
        }
        return PlainJson.of(line.toString());
    }

    private static void credentials(JsonGenerator json, ContentCredentials credentials) {
        for (Manifest manifest : credentials.manifests()) {
            json.writeStartObject();
            CredentialsJson.write(json, credentials, manifest);
            json.writeEndObject();
        }
    }

    /**
     * Formats a folder that is a model as a whole.
     *
     * @param folder the path to show
     * @return one line without its line end
     */
    public static String formatFolder(String folder, ModelFile model) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("file", folder);
            json.writeName("model_file");
            ModelFileJson.write(json, model);
            json.writeEndObject();
        }
        return PlainJson.of(line.toString());
    }

    private static void generation(JsonGenerator json, Generation generation) {
        json.writeStringProperty("generator", generation.generator());
        text(json, "variant", generation.variant());
        text(json, "version", generation.version());
        text(json, "task", generation.task().map(Task::word));
        text(json, "positive_prompt", generation.positivePrompt());
        text(json, "negative_prompt", generation.negativePrompt());
        array(json, "positive_parts", generation.positiveParts(), InspectLine::part);
        array(json, "negative_parts", generation.negativeParts(), InspectLine::part);
        number(json, "positive_words", generation.positiveWords());
        number(json, "negative_words", generation.negativeWords());
        text(json, "seed", generation.seed());
        number(json, "steps", generation.steps());
        text(json, "sampler", generation.sampler());
        text(json, "scheduler", generation.scheduler());
        decimal(json, "cfg_scale", generation.cfgScale());
        number(json, "width", generation.width());
        number(json, "height", generation.height());
        array(json, "models", generation.models(), InspectLine::model);
        array(json, "loras", generation.loras(), InspectLine::lora);
        array(json, "inputs", generation.inputs(), InspectLine::input);
        array(json, "passes", generation.passes(), InspectLine::pass);
        map(json, "settings", generation.settings());
        json.writeArrayPropertyStart("unknowns");
        generation.unknowns().forEach(json::writeString);
        json.writeEndArray();
        ground(json, generation);
    }

    private static void declarations(JsonGenerator json, List<Generation> generations) {
        json.writeArrayPropertyStart("declarations");
        for (Generation generation : generations) {
            generation.declaration().ifPresent(declaration -> {
                json.writeStartObject();
                declaration(json, declaration, generation);
                json.writeEndObject();
            });
        }
        json.writeEndArray();
    }

    /** What stands beside a declaration at times is written as for a generation, less what only a program's own record has. */
    private static void declaration(JsonGenerator json, Declaration declaration, Generation generation) {
        json.writeStringProperty("mark", declaration.mark().word());
        json.writeStringProperty("field", declaration.field());
        json.writeStringProperty("value", declaration.value());
        text(json, "task", generation.task().map(Task::word));
        text(json, "positive_prompt", generation.positivePrompt());
        array(json, "models", generation.models(), InspectLine::model);
        array(json, "inputs", generation.inputs(), InspectLine::input);
        map(json, "settings", generation.settings());
        ground(json, generation);
    }

    private static void ground(JsonGenerator json, Generation generation) {
        json.writeStringProperty("grade", generation.grade().word());
        array(json, "inferences", generation.inferences(), InspectLine::inference);
        json.writeName("origin");
        origin(json, generation.origin());
        json.writeArrayPropertyStart("further_origins");
        generation.furtherOrigins().forEach(further -> origin(json, further));
        json.writeEndArray();
    }

    private static void part(JsonGenerator json, PromptPart part) {
        json.writeStringProperty("encoder", part.encoder());
        json.writeStringProperty("text", part.text());
    }

    private static void model(JsonGenerator json, NamedModel model) {
        json.writeStringProperty("kind", model.kind());
        text(json, "name", model.name());
        map(json, "hashes", model.hashes());
        map(json, "identifiers", model.identifiers());
    }

    private static void lora(JsonGenerator json, NamedLora lora) {
        text(json, "name", lora.name());
        decimal(json, "weight", lora.weight());
        map(json, "hashes", lora.hashes());
        map(json, "identifiers", lora.identifiers());
    }

    private static void input(JsonGenerator json, InputMedia input) {
        json.writeStringProperty("role", input.role());
        json.writeStringProperty("name", input.name());
    }

    private static void pass(JsonGenerator json, Pass pass) {
        json.writeStringProperty("node", pass.node());
        text(json, "node_class", pass.nodeClass());
        text(json, "seed", pass.seed());
        number(json, "steps", pass.steps());
        text(json, "sampler", pass.sampler());
        text(json, "scheduler", pass.scheduler());
        decimal(json, "cfg_scale", pass.cfgScale());
        decimal(json, "denoise", pass.denoise());
        text(json, "model", pass.model());
        text(json, "positive_prompt", pass.positivePrompt());
        text(json, "negative_prompt", pass.negativePrompt());
        number(json, "width", pass.width());
        number(json, "height", pass.height());
    }

    private static void inference(JsonGenerator json, Inference inference) {
        json.writeStringProperty("field", inference.field());
        json.writeStringProperty("rule", inference.rule());
    }

    private static void origin(JsonGenerator json, Origin origin) {
        json.writeStartObject();
        json.writeNumberProperty("offset", origin.offset());
        json.writeNumberProperty("length", origin.length());
        json.writeStringProperty("sha256", origin.sha256());
        json.writeStringProperty("reader", origin.reader());
        json.writeEndObject();
    }

    private static void block(JsonGenerator json, MetadataBlock block) {
        json.writeStringProperty("container", block.container());
        json.writeStringProperty("key", block.key());
        json.writeNumberProperty("offset", block.origin().offset());
        json.writeNumberProperty("length", block.origin().length());
        json.writeStringProperty("crc", block.crc().word());
        text(json, "encoding", block.encoding());
        text(json, "repaired", block.repaired());
    }

    private static void problem(JsonGenerator json, Problem problem) {
        json.writeStringProperty("category", problem.category().word());
        json.writeStringProperty("reader", problem.reader());
        json.writeStringProperty("message", problem.message());
        if (problem.offset().isPresent()) {
            json.writeNumberProperty("offset", problem.offset().getAsLong());
        } else {
            json.writeNullProperty("offset");
        }
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.writeStringProperty(name, text), () -> json.writeNullProperty(name));
    }

    private static void number(JsonGenerator json, String name, Optional<Integer> value) {
        value.ifPresentOrElse(number -> json.writeNumberProperty(name, number), () -> json.writeNullProperty(name));
    }

    private static void decimal(JsonGenerator json, String name, Optional<BigDecimal> value) {
        value.ifPresentOrElse(number -> json.writeNumberProperty(name, number), () -> json.writeNullProperty(name));
    }

    private static void map(JsonGenerator json, String name, Map<String, String> values) {
        json.writeObjectPropertyStart(name);
        values.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static <T> void array(JsonGenerator json, String name, List<T> values, Fields<T> fields) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeStartObject();
            fields.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the fields of one value into an object that is already open. */
    @FunctionalInterface
    private interface Fields<T> {
        void write(JsonGenerator json, T value);
    }
}
