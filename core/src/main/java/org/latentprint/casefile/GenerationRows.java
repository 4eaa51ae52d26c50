package org.latentprint.casefile;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.Declaration;
import org.latentprint.generator.Generation;
import org.latentprint.generator.Inference;
import org.latentprint.generator.InputMedia;
import org.latentprint.generator.NamedLora;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.Pass;
import org.latentprint.generator.PromptPart;
import org.latentprint.generator.Task;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rows of {@code generation} and of the tables below it. */
final class GenerationRows implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, RowAppender> tables = new HashMap<>();
    private final DuckDBConnection connection;

    GenerationRows(DuckDBConnection connection) {
        this.connection = connection;
    }

    void add(long generationId, long itemId, int ordinal, Generation generation) throws SQLException {
        RowAppender main = table("generation")
                .row()
                .number(generationId)
                .number(itemId)
                .number(ordinal)
                .text(generation.generator())
                .text(generation.variant())
                .text(generation.version())
                .text(generation.task().map(Task::word))
                .text(generation.positivePrompt())
                .text(generation.negativePrompt())
                .number(generation.positiveWords())
                .number(generation.negativeWords())
                .text(generation.seed())
                .number(generation.steps())
                .text(generation.sampler())
                .text(generation.scheduler())
                .real(generation.cfgScale())
                .number(generation.width())
                .number(generation.height())
                .text(JSON.writeValueAsString(generation.settings()))
                .text(generation.grade().word());
        origin(main, generation.origin()).end();
        addParts(generationId, generation);
        addPasses(generationId, generation.passes());
        addResources(generationId, generation);
        Optional<Declaration> declared = generation.declaration();
        if (declared.isPresent()) {
            table("generation_declaration")
                    .row()
                    .number(generationId)
                    .text(declared.get().mark().word())
                    .text(declared.get().field())
                    .text(declared.get().value())
                    .end();
        }
        int next = 0;
        for (Origin further : generation.furtherOrigins()) {
            origin(start("generation_origin", generationId, next++), further).end();
        }
        next = 0;
        for (InputMedia input : generation.inputs()) {
            start("generation_input", generationId, next++)
                    .text(input.role())
                    .text(input.name())
                    .end();
        }
        next = 0;
        for (Inference inference : generation.inferences()) {
            start("generation_inference", generationId, next++)
                    .text(inference.field())
                    .text(inference.rule())
                    .end();
        }
        next = 0;
        for (String unknown : generation.unknowns()) {
            start("generation_unknown", generationId, next++).text(unknown).end();
        }
    }

    private void addParts(long generationId, Generation generation) throws SQLException {
        int next = 0;
        for (PromptPart part : generation.positiveParts()) {
            addPart(generationId, next++, "positive", part);
        }
        for (PromptPart part : generation.negativeParts()) {
            addPart(generationId, next++, "negative", part);
        }
    }

    private void addPart(long generationId, int ordinal, String polarity, PromptPart part) throws SQLException {
        start("generation_part", generationId, ordinal)
                .text(polarity)
                .text(part.encoder())
                .text(part.text())
                .end();
    }

    private void addPasses(long generationId, List<Pass> passes) throws SQLException {
        int next = 0;
        for (Pass pass : passes) {
            start("generation_pass", generationId, next++)
                    .text(pass.node())
                    .text(pass.nodeClass())
                    .text(pass.seed())
                    .number(pass.steps())
                    .text(pass.sampler())
                    .text(pass.scheduler())
                    .real(pass.cfgScale())
                    .real(pass.denoise())
                    .text(pass.model())
                    .text(pass.positivePrompt())
                    .text(pass.negativePrompt())
                    .number(pass.width())
                    .number(pass.height())
                    .end();
        }
    }

    private record Resource(
            String kind,
            Optional<String> name,
            Optional<BigDecimal> weight,
            Map<String, String> hashes,
            Map<String, String> identifiers) {}

    private void addResources(long generationId, Generation generation) throws SQLException {
        List<Resource> resources = new ArrayList<>();
        for (NamedModel model : generation.models()) {
            resources.add(
                    new Resource(model.kind(), model.name(), Optional.empty(), model.hashes(), model.identifiers()));
        }
        for (NamedLora lora : generation.loras()) {
            resources.add(new Resource("lora", lora.name(), lora.weight(), lora.hashes(), lora.identifiers()));
        }
        int next = 0;
        for (Resource resource : resources) {
            start("generation_resource", generationId, next)
                    .text(resource.kind())
                    .text(resource.name())
                    .real(resource.weight())
                    .end();
            addMarks("generation_resource_hash", generationId, next, resource.hashes());
            addMarks("generation_resource_identifier", generationId, next, resource.identifiers());
            next++;
        }
    }

    private void addMarks(String table, long generationId, int resource, Map<String, String> marks)
            throws SQLException {
        for (Map.Entry<String, String> mark : marks.entrySet()) {
            start(table, generationId, resource)
                    .text(mark.getKey())
                    .text(mark.getValue())
                    .end();
        }
    }

    private static RowAppender origin(RowAppender row, Origin origin) throws SQLException {
        return row.number(origin.offset())
                .number(origin.length())
                .text(origin.sha256())
                .text(origin.reader());
    }

    private RowAppender start(String table, long generationId, int ordinal) throws SQLException {
        return table(table).row().number(generationId).number(ordinal);
    }

    private RowAppender table(String name) throws SQLException {
        RowAppender known = tables.get(name);
        if (known == null) {
            known = new RowAppender(connection, name);
            tables.put(name, known);
        }
        return known;
    }

    void flush() throws SQLException {
        for (RowAppender table : tables.values()) {
            table.flush();
        }
    }

    @Override
    public void close() throws SQLException {
        for (RowAppender table : tables.values()) {
            table.close();
        }
    }
}
