package org.latentprint.report;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.latentprint.evidence.Problem;
import org.latentprint.modelfile.Adapter;
import org.latentprint.modelfile.ModelFile;
import org.latentprint.modelfile.ModelIdentity;
import org.latentprint.modelfile.ModelWeights;
import org.latentprint.modelfile.PickleFacts;
import org.latentprint.modelfile.TrainingRecord;
import tools.jackson.core.JsonGenerator;

/** Writes what a model file is as one JSON object, with the fields in a fixed order. */
final class ModelFileJson {
    /** A line is for reading; the case holds more tags. */
    private static final int MAX_TAGS = 50;

    private ModelFileJson() {}

    static void write(JsonGenerator json, ModelFile model) {
        json.writeStartObject();
        json.writeStringProperty("container", model.container());
        json.writeStringProperty("status", model.status().word());
        identity(json, model.identity());
        model.adapter().ifPresent(adapter -> adapter(json, adapter));
        model.weights().ifPresent(weights -> weights(json, weights));
        texts(json, "hashes", model.hashes());
        texts(json, "claims", model.claims());
        texts(json, "format_facts", model.formatFacts());
        model.pickle().ifPresent(pickle -> pickle(json, pickle));
        model.training().ifPresent(training -> training(json, training));
        list(json, "telling_tensors", model.telling());
        list(json, "problems", model.problems().stream().map(Problem::message).toList());
        json.writeObjectPropertyStart("origin");
        json.writeNumberProperty("offset", model.origin().offset());
        json.writeNumberProperty("length", model.origin().length());
        json.writeStringProperty("sha256", model.origin().sha256());
        json.writeStringProperty("reader", model.origin().reader());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void identity(JsonGenerator json, ModelIdentity identity) {
        json.writeStringProperty("kind", identity.kind());
        text(json, "architecture", identity.architecture());
        list(json, "candidates", identity.candidates());
        text(json, "variant", identity.variant());
        list(json, "components", identity.components());
        text(json, "encoder", identity.encoder());
    }

    private static void adapter(JsonGenerator json, Adapter adapter) {
        json.writeObjectPropertyStart("adapter");
        json.writeStringProperty("algorithm", adapter.algorithm());
        text(json, "keyFormat", adapter.keyFormat());
        number(json, "rank", adapter.rankLow().equals(adapter.rankHigh()) ? adapter.rankLow() : OptionalLong.empty());
        number(json, "rankLow", adapter.rankLow());
        number(json, "rankHigh", adapter.rankHigh());
        text(json, "alpha", adapter.alpha());
        list(json, "targets", adapter.targets());
        json.writeEndObject();
    }

    private static void weights(JsonGenerator json, ModelWeights weights) {
        text(json, "precision", weights.precision());
        text(json, "quantisation", weights.quantisation());
        json.writeNumberProperty("tensors", weights.tensors());
        json.writeNumberProperty("elements", weights.elements());
        json.writeNumberProperty("parameters", weights.parameters());
        json.writeObjectPropertyStart("dtypes");
        weights.types().forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void pickle(JsonGenerator json, PickleFacts pickle) {
        json.writeObjectPropertyStart("pickle");
        list(json, "globals", pickle.globals());
        list(json, "following_globals", pickle.following());
        pickle.danger()
                .ifPresentOrElse(
                        danger -> json.writeBooleanProperty("dangerous", danger),
                        () -> json.writeNullProperty("dangerous"));
        list(json, "dangerous_globals", pickle.dangerous());
        list(json, "unusual_globals", pickle.unusual());
        text(json, "error", pickle.error());
        json.writeEndObject();
    }

    private static void training(JsonGenerator json, TrainingRecord training) {
        json.writeObjectPropertyStart("training");
        text(json, "trainer", training.trainer());
        text(json, "trainer_version", training.trainerVersion());
        text(json, "output_name", training.outputName());
        text(json, "session_id", training.sessionId());
        text(json, "started", training.started().map(Object::toString));
        text(json, "finished", training.finished().map(Object::toString));
        text(json, "base_model", training.baseModel());
        texts(json, "base_model_hashes", training.baseModelHashes());
        text(json, "base_model_version", training.baseModelVersion());
        text(json, "images_times_repeats", training.imagesTimesRepeats().map(Object::toString));
        text(json, "epochs", training.epochs());
        text(json, "steps", training.steps());
        json.writeArrayPropertyStart("folders");
        training.folders().forEach(folder -> {
            json.writeStartObject();
            json.writeStringProperty("name", folder.name());
            folder.repeats().ifPresent(repeats -> json.writeNumberProperty("repeats", repeats));
            folder.images().ifPresent(images -> json.writeNumberProperty("images", images));
            json.writeBooleanProperty("regularisation", folder.regularisation());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeArrayPropertyStart("tags");
        training.tags().stream().limit(MAX_TAGS).forEach(tag -> {
            json.writeStartObject();
            json.writeStringProperty("text", tag.text());
            json.writeNumberProperty("count", tag.count());
            json.writeEndObject();
        });
        json.writeEndArray();
        list(json, "trigger_words", training.triggerWords());
        list(json, "merged_from", training.mergedFrom());
        texts(json, "parents", training.parents());
        text(json, "comment", training.comment());
        texts(json, "settings", training.settings());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.writeStringProperty(name, text), () -> json.writeNullProperty(name));
    }

    private static void number(JsonGenerator json, String name, OptionalLong value) {
        value.ifPresentOrElse(number -> json.writeNumberProperty(name, number), () -> json.writeNullProperty(name));
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> values) {
        json.writeObjectPropertyStart(name);
        values.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, String name, Iterable<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
