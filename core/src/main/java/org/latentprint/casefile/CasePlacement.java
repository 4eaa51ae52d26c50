package org.latentprint.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Keeps what the tool writes apart from the evidence. Both places are compared by where they really are, links resolved. */
public final class CasePlacement {
    private CasePlacement() {}

    /**
     * Refuses a place for output that lies inside a source, or that holds it.
     *
     * @param output the case folder, or any other folder or file to be written; need not exist yet
     * @param source the evidence
     * @throws CaseException where one lies inside the other
     * @throws IOException where the source cannot be found, or a link on the way cannot be resolved
     */
    public static void requireApart(Path output, Path source) throws CaseException, IOException {
        Path realSource = source.toRealPath();
        Path realOutput = realPlace(output);
        if (realOutput.startsWith(realSource)) {
            throw new CaseException("the output " + output + " lies inside the source " + source
                    + ", and nothing may be written there; choose a place outside of it");
        }
        if (realSource.startsWith(realOutput)) {
            throw new CaseException("the source " + source + " lies inside the output " + output
                    + "; choose another place for the output");
        }
    }

    /** As {@link #requireApart(Path, Path)}, for a source as the examiner gave it. */
    public static void requireApart(Path output, String source) throws CaseException, IOException {
        requireApart(output, Path.of(source));
    }

    /** Resolves the part of the path that exists, and appends the rest. */
    private static Path realPlace(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path existing = absolute;
        // A dangling link counts as existing, so that resolving it fails instead of treating it as a plain name.
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return absolute.normalize();
        }
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    }
}
