package org.latentprint.modelfile;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of the rules' file: conditions on names and shapes, and what they mean together.
 *
 * @param conditions all must hold
 * @param meaning what the model then is
 */
record ModelRule(List<Condition> conditions, ModelIdentity meaning) {

    boolean holds(TensorTable table) {
        return conditions.stream().allMatch(condition -> condition.holds(table));
    }

    /**
     * A tensor that must be there, or must not.
     *
     * @param absent whether it must not be there
     * @param names one of these; written {@code {a,b}} where they differ in a part
     * @param shape sizes as text, {@code *} for any; empty where the shape does not matter
     */
    record Condition(boolean absent, List<Name> names, List<String> shape) {

        /** Reads a condition such as {@code img_in.weight [3072,64]} or {@code !guidance_in.*}. */
        static Condition parse(String text) {
            boolean absent = text.startsWith("!");
            String rest = absent ? text.substring(1) : text;
            int bracket = rest.indexOf(" [");
            String name = bracket < 0 ? rest : rest.substring(0, bracket);
            List<String> shape = bracket < 0
                    ? List.of()
                    : List.of(rest.substring(bracket + 2, rest.length() - 1).split(",", -1));
            return new Condition(
                    absent, alternatives(name).stream().map(Name::parse).toList(), shape);
        }

        private static List<String> alternatives(String name) {
            int open = name.indexOf('{');
            int close = name.indexOf('}');
            if (open < 0 || close < open) {
                return List.of(name);
            }
            return Stream.of(name.substring(open + 1, close).split(",", -1))
                    .flatMap(part -> alternatives(name.substring(0, open) + part + name.substring(close + 1)).stream())
                    .toList();
        }

        boolean holds(TensorTable table) {
            return names.stream().anyMatch(name -> name.present(table, this)) != absent;
        }

        private boolean fits(TensorInfo tensor) {
            if (shape.isEmpty()) {
                return true;
            }
            if (shape.size() != tensor.shape().size()) {
                return false;
            }
            for (int i = 0; i < shape.size(); i++) {
                if (!shape.get(i).equals("*")
                        && !shape.get(i).equals(Long.toString(tensor.shape().get(i)))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A name of a tensor.
     *
     * @param text exact; with {@code #} for any number and {@code *} for any text
     * @param pieces what stands between the {@code *} in the table's patterns, which spares looking at every name
     * @param exact what a name must match
     */
    record Name(String text, List<String> pieces, Pattern exact) {

        static Name parse(String text) {
            String exact = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("#", "\\E\\d+\\Q");
            return new Name(text, List.of(TensorTable.pattern(text).split("\\*", -1)), Pattern.compile(exact));
        }

        private boolean present(TensorTable table, Condition condition) {
            if (text.contains("*")) {
                return table.patterns().entrySet().stream()
                        .anyMatch(entry -> matches(entry.getKey()) && anyFits(entry.getValue(), condition));
            }
            if (text.contains("#")) {
                return anyFits(table.patterns().getOrDefault(TensorTable.pattern(text), List.of()), condition);
            }
            return table.named(text).filter(condition::fits).isPresent();
        }

        /** Says whether the pieces follow one another in a pattern, the first at its start and the last at its end. */
        private boolean matches(String pattern) {
            if (!pattern.startsWith(pieces.getFirst())) {
                return false;
            }
            int at = pieces.getFirst().length();
            for (String piece : pieces.subList(1, pieces.size() - 1)) {
                int found = pattern.indexOf(piece, at);
                if (found < 0) {
                    return false;
                }
                at = found + piece.length();
            }
            return pattern.length() - pieces.getLast().length() >= at && pattern.endsWith(pieces.getLast());
        }

        private boolean anyFits(List<TensorInfo> tensors, Condition condition) {
            return tensors.stream()
                    .anyMatch(tensor -> condition.fits(tensor)
                            && exact.matcher(tensor.name()).matches());
        }
    }
}
