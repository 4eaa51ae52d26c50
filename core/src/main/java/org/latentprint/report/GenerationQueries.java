package org.latentprint.report;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the table of generations. */
final class GenerationQueries {
    private static final int A = GenerationParts.FIRST_COLUMN;

    /** A text is fetched up to one character past what may be printed, so that a cut is noticed. */
    private static final int FETCHED = ReportLimits.FULL_TEXT + 1;

    private static final String SQL = """
            SELECT g.generation_id, e.reference, i.path, i.modified, coalesce(%s, false), g.generator, g.variant, g.version,
                   g.task, g.seed, g.steps, g.sampler, g.scheduler, g.cfg_scale, g.width, g.height, g.grade,
                   left(g.positive_prompt, %2$d), length(g.positive_prompt),
                   left(g.negative_prompt, %2$d), length(g.negative_prompt), left(g.settings, %2$d),
                   g.origin_offset, g.origin_length, g.origin_sha256, g.reader, image_offset(i.item_id, g.origin_offset), d.mark, d.field, left(d.value, %2$d),
                   CASE WHEN i.allocation <> 'allocated' THEN concat(i.allocation, '; ', i.note) END
            FROM generation g JOIN item i USING (item_id) JOIN exhibit e USING (exhibit_id)
                 LEFT JOIN generation_declaration d USING (generation_id)
            ORDER BY g.item_id, g.ordinal, g.generation_id""".formatted(TimelineQueries.PLAUSIBLE, FETCHED);

    private final CaseRows rows;
    private final GenerationParts parts;
    private final LocalDateTime latest;
    private final FullTextBudget budget = new FullTextBudget(ReportLimits.ALL_FULL_TEXT);

    /** Takes the latest time that counts as plausible. */
    GenerationQueries(CaseRows rows, LocalDateTime latest) {
        this.rows = rows;
        this.parts = new GenerationParts(rows);
        this.latest = latest;
    }

    /** A part of a prompt before it is given room. */
    private record Part(String polarity, EvidenceText encoder, String text, long characters) {}

    Generations read() throws SQLException {
        Map<Long, Generations.Few<Generations.Resource>> resources = resources();
        Map<Long, Generations.Few<Generations.Pair>> inputs = pairs("p.role, p.name", "generation_input");
        Map<Long, Generations.Few<Generations.Pair>> inferences = pairs("p.field, p.rule", "generation_inference");
        Map<Long, Generations.Few<Part>> prompts = parts.read(
                "p.polarity, p.encoder, left(p.text, " + FETCHED + "), length(p.text)",
                "generation_part",
                "p.polarity DESC, p.ordinal",
                row -> new Part(row.text(A), row.evidence(A + 1), row.text(A + 2), row.number(A + 3)));
        Map<Long, Generations.Few<Generations.Pass>> passes = passes();
        Map<Long, Generations.Few<Ground>> grounds = parts.read(
                "p.origin_offset, p.origin_length, p.origin_sha256, p.reader, NULL",
                "generation_origin",
                "p.ordinal",
                row -> Ground.read(row, A));
        Map<Long, Generations.Few<EvidenceText>> unknown =
                parts.read("p.name", "generation_unknown", "p.ordinal", row -> row.evidence(A));
        return new Generations(rows.capped(
                SQL,
                ReportLimits.GENERATIONS,
                "the walk through the exhibits",
                row -> {
                    long id = row.number(1);
                    return new Generations.Row(
                            id,
                            row.evidence(2),
                            row.evidence(3),
                            row.time(4).map(Figures::time),
                            row.flag(5),
                            row.optionalEvidence(31),
                            row.evidence(6),
                            row.optionalEvidence(7),
                            row.optionalEvidence(8),
                            row.optionalEvidence(9),
                            declared(row),
                            row.optional(18).map(text -> EvidenceText.line(text, ReportLimits.PREVIEW)),
                            parameters(row),
                            few(resources, id),
                            few(inputs, id),
                            row.evidence(17),
                            few(inferences, id),
                            Ground.read(row, 23),
                            new Generations.Details(
                                    texts(row, few(prompts, id).first()),
                                    few(passes, id),
                                    settings(row),
                                    few(grounds, id),
                                    few(unknown, id)));
                },
                latest));
    }

    private static Optional<Generations.Declared> declared(CaseRows.Row row) throws SQLException {
        Optional<EvidenceText> mark = row.optionalEvidence(28);
        return mark.isEmpty()
                ? Optional.empty()
                : Optional.of(new Generations.Declared(mark.get(), row.evidence(29), row.evidence(30)));
    }

    private static <T> Generations.Few<T> few(Map<Long, Generations.Few<T>> all, long id) {
        return all.getOrDefault(id, new Generations.Few<>(List.of(), 0));
    }

    private static List<Generations.Parameter> parameters(CaseRows.Row row) throws SQLException {
        List<Generations.Parameter> all = new ArrayList<>();
        add(all, "seed", row.optional(10));
        add(all, "steps", row.optional(11));
        add(all, "sampler", row.optional(12));
        add(all, "scheduler", row.optional(13));
        add(all, "CFG scale", row.decimal(14));
        addSize(all, row.optional(15), row.optional(16));
        return all;
    }

    private static void add(List<Generations.Parameter> all, String name, Optional<String> value) {
        value.ifPresent(text -> all.add(new Generations.Parameter(name, EvidenceText.line(text))));
    }

    private static void addSize(List<Generations.Parameter> all, Optional<String> width, Optional<String> height) {
        if (width.isPresent() && height.isPresent()) {
            add(all, "size", Optional.of(width.get() + " × " + height.get()));
        } else {
            add(all, "width", width);
            add(all, "height", height);
        }
    }

    private static void preview(List<Generations.Parameter> all, String name, Optional<String> value) {
        value.ifPresent(
                text -> all.add(new Generations.Parameter(name, EvidenceText.line(text, ReportLimits.PREVIEW))));
    }

    private List<Generations.FullText> texts(CaseRows.Row row, List<Part> parts) throws SQLException {
        List<Generations.FullText> texts = new ArrayList<>();
        prompt(texts, "Positive prompt", row, 18);
        prompt(texts, "Negative prompt", row, 20);
        for (Part part : parts) {
            String name =
                    part.polarity().equals("negative") ? "Part of the negative prompt" : "Part of the positive prompt";
            texts.add(new Generations.FullText(
                    name, Optional.of(part.encoder()), budget.take(part.text()), part.characters()));
        }
        return texts;
    }

    private void prompt(List<Generations.FullText> texts, String name, CaseRows.Row row, int column)
            throws SQLException {
        Optional<String> text = row.optional(column);
        if (text.isPresent()) {
            texts.add(
                    new Generations.FullText(name, Optional.empty(), budget.take(text.get()), row.number(column + 1)));
        }
    }

    private Optional<EvidenceText> settings(CaseRows.Row row) throws SQLException {
        return row.optional(22).filter(json -> !json.equals("{}")).flatMap(budget::take);
    }

    private Map<Long, Generations.Few<Generations.Resource>> resources() throws SQLException {
        String withHashes = """
                (SELECT r.*, (SELECT string_agg(h.kind || ' ' || h.value, ', ' ORDER BY h.kind, h.value)
                              FROM (SELECT generation_id, ordinal, hash_kind AS kind, hash AS value FROM generation_resource_hash
                          UNION ALL
                          SELECT generation_id, ordinal, identifier_kind, identifier FROM generation_resource_identifier) h
                              WHERE h.generation_id = r.generation_id AND h.ordinal = r.ordinal) AS hashes
                 FROM generation_resource r)""";
        return parts.read(
                "p.kind, p.name, p.weight, p.hashes",
                withHashes,
                "p.ordinal",
                row -> new Generations.Resource(
                        row.evidence(A), row.optionalEvidence(A + 1), row.decimal(A + 2), row.optionalEvidence(A + 3)));
    }

    private Map<Long, Generations.Few<Generations.Pair>> pairs(String columns, String table) throws SQLException {
        return parts.read(
                columns, table, "p.ordinal", row -> new Generations.Pair(row.evidence(A), row.evidence(A + 1)));
    }

    private Map<Long, Generations.Few<Generations.Pass>> passes() throws SQLException {
        String columns =
                "p.node, p.node_class, p.seed, p.steps, p.sampler, p.scheduler, p.cfg_scale, p.denoise, p.model,"
                        + " p.width, p.height, left(p.positive_prompt, %1$d), left(p.negative_prompt, %1$d)"
                                .formatted(ReportLimits.SHORT_TEXT);
        return parts.read(columns, "generation_pass", "p.ordinal", row -> {
            List<Generations.Parameter> all = new ArrayList<>();
            add(all, "seed", row.optional(A + 2));
            add(all, "steps", row.optional(A + 3));
            add(all, "sampler", row.optional(A + 4));
            add(all, "scheduler", row.optional(A + 5));
            add(all, "CFG scale", row.decimal(A + 6));
            add(all, "denoise", row.decimal(A + 7));
            add(all, "model", row.optional(A + 8));
            addSize(all, row.optional(A + 9), row.optional(A + 10));
            preview(all, "positive prompt", row.optional(A + 11));
            preview(all, "negative prompt", row.optional(A + 12));
            return new Generations.Pass(row.evidence(A), row.optionalEvidence(A + 1), all);
        });
    }
}
