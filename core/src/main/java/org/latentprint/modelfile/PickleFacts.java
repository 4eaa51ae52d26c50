package org.latentprint.modelfile;

import java.util.List;
import java.util.Optional;

/**
 * What a pickle would import and call. It was read, never run.
 *
 * @param globals {@code module.name} of everything it imports, sorted; of a file with several pickles in a row that is not
 *     torch's old form, what the first imports
 * @param following what the further pickles of such a file import: a loader that reads on imports it, too
 * @param dangerous those of both that can run code or reach files and network
 * @param unusual those of both that are neither dangerous nor usual in model files
 * @param unresolved whether an import could not be resolved, which is itself suspicious
 * @param error why reading ended early; what was read before is above
 */
public record PickleFacts(
        List<String> globals,
        List<String> following,
        List<String> dangerous,
        List<String> unusual,
        boolean unresolved,
        Optional<String> error) {

    public PickleFacts {
        globals = List.copyOf(globals);
        following = List.copyOf(following);
        dangerous = List.copyOf(dangerous);
        unusual = List.copyOf(unusual);
    }

    /** Says whether it holds danger; empty where nothing dangerous was met and reading ended early. */
    public Optional<Boolean> danger() {
        if (!dangerous.isEmpty() || unresolved) {
            return Optional.of(true);
        }
        return error.isPresent() ? Optional.empty() : Optional.of(false);
    }
}
