package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A rule behind one that asks for less would never decide: to add a line at the wrong place must not go unnoticed. */
class ModelRulesReachTest {

    @ParameterizedTest
    @CsvSource({"prefixed, 5", "files, 100", "pieces, 30", "adapters, 100"})
    void noRuleIsHiddenBehindAnEarlierOne(String section, int least) throws IOException {
        List<List<ModelRule.Condition>> rules = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        for (JsonNode rule : read().path(section)) {
            List<ModelRule.Condition> conditions = new ArrayList<>();
            rule.path("when").forEach(text -> conditions.add(ModelRule.Condition.parse(text.asString())));
            rules.add(conditions);
            // The rule decides where one of the ways to fulfil it is left to it.
            boolean reached = false;
            for (int way = 0; way < ways(conditions); way++) {
                TensorTable table = table(conditions, way);
                reached |= rules.subList(0, rules.size() - 1).stream()
                        .noneMatch(earlier -> holdsByPresence(earlier, table));
                assertThat(positive(conditions)).as(rule.toString()).allMatch(condition -> condition.holds(table));
            }
            if (!reached) {
                hidden.add(rule.toString());
            }
        }

        assertThat(rules).hasSizeGreaterThan(least);
        assertThat(hidden).isEmpty();
    }

    private static JsonNode read() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ModelRules.class.getResourceAsStream("model-rules.json"), "model-rules.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static List<ModelRule.Condition> positive(List<ModelRule.Condition> conditions) {
        return conditions.stream().filter(condition -> !condition.absent()).toList();
    }

    private static int ways(List<ModelRule.Condition> conditions) {
        return positive(conditions).stream()
                .mapToInt(condition -> condition.names().size())
                .max()
                .orElse(1);
    }

    /** An earlier rule that holds only because something is missing gives way to a fuller model. */
    private static boolean holdsByPresence(List<ModelRule.Condition> rule, TensorTable table) {
        return rule.stream().noneMatch(ModelRule.Condition::absent)
                && rule.stream().allMatch(condition -> condition.holds(table));
    }

    /** The smallest table that fulfils what a rule wants to be there. */
    private static TensorTable table(List<ModelRule.Condition> conditions, int way) {
        List<TensorInfo> tensors = new ArrayList<>();
        for (ModelRule.Condition condition : positive(conditions)) {
            String name = condition.names().get(way % condition.names().size()).text();
            List<Long> shape = condition.shape().stream()
                    .map(size -> size.equals("*") ? 8L : Long.parseLong(size))
                    .toList();
            tensors.add(new TensorInfo(name.replace("*", "x").replace("#", "0"), "F16", shape, 0));
        }
        return new TensorTable(tensors);
    }
}
