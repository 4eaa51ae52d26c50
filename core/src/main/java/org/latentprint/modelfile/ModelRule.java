package org.latentprint.modelfile;

import java.util.List;
import java.util.regex.Pattern;

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
     * @param name exact; with {@code #} for any number and {@code *} for any text
     * @param shape sizes as text, {@code *} for any; empty where the shape does not matter
     * @param pieces what stands between the {@code *} in the table's patterns, which spares looking at every name
     * @param exact what a name must match
     */
    record Condition(boolean absent, String name, List<String> shape, List<String> pieces, Pattern exact) {

        /** Reads a condition such as {@code img_in.weight [3072,64]} or {@code !guidance_in.*}. */
        static Condition parse(String text) {
            boolean absent = text.startsWith("!");
            String rest = absent ? text.substring(1) : text;
            int bracket = rest.indexOf(" [");
            String name = bracket < 0 ? rest : rest.substring(0, bracket);
            List<String> shape = bracket < 0
                    ? List.of()
                    : List.of(rest.substring(bracket + 2, rest.length() - 1).split(",", -1));
            String exact = Pattern.quote(name).replace("*", "\\E.*\\Q").replace("#", "\\E\\d+\\Q");
            List<String> pieces = List.of(TensorTable.pattern(name).split("\\*", -1));
            return new Condition(absent, name, shape, pieces, Pattern.compile(exact));
        }

        boolean holds(TensorTable table) {
            return present(table) != absent;
        }

        private boolean present(TensorTable table) {
            if (name.contains("*")) {
                return table.patterns().entrySet().stream()
                        .anyMatch(entry -> matches(entry.getKey()) && anyFits(entry.getValue()));
            }
            if (name.contains("#")) {
                return anyFits(table.patterns().getOrDefault(TensorTable.pattern(name), List.of()));
            }
            return table.named(name).filter(this::fits).isPresent();
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

        private boolean anyFits(List<TensorInfo> tensors) {
            return tensors.stream()
                    .anyMatch(tensor ->
                            fits(tensor) && exact.matcher(tensor.name()).matches());
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
}
