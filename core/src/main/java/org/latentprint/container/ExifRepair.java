package org.latentprint.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the true place of EXIF texts whose entry states a wrong offset or length, as a saver of animated WebP writes them.
 * A place is given only where the stated one is impossible or its text is cut or mixed with another, and where exactly one
 * whole text of the block can be meant.
 */
final class ExifRepair {
    /** A counted or forgotten header shifts an offset by 6 or 8; directories by a few entries more. */
    private static final int NEAR = 64;

    private static final List<String> CODES = List.of("UNICODE\0", "ASCII\0\0\0");

    /** A whole text found in the block, from {@code start} up to {@code end}, and why the stated place was not taken. */
    record Run(int start, int end, String reason) {
        static final Run NONE = new Run(0, 0, "");

        boolean isNone() {
            return end == 0;
        }

        boolean overlaps(long from, long to) {
            return start < to && from < end;
        }

        /** Says whether that length fits, with or without the zeros behind a text. */
        boolean hasLength(long length) {
            return length >= end - start && length <= end - start + 2L;
        }
    }

    private final byte[] block;
    private final List<ExifEntry> entries;
    private final List<ExifEntry> doubtful;
    private final List<Run> runs;

    private ExifRepair(byte[] block, List<ExifEntry> entries) {
        this.block = block;
        this.entries = entries;
        this.doubtful = entries.stream().filter(this::isDoubtful).toList();
        this.runs = doubtful.isEmpty() && !entries.isEmpty() ? List.of() : ExifRuns.in(block);
    }

    /** Looks at the entries of a block. */
    static ExifRepair of(byte[] block, List<ExifEntry> entries) {
        return new ExifRepair(block, entries);
    }

    /** Returns all whole texts of the block; looked for only where an entry is in doubt or there are none. */
    List<Run> runs() {
        return runs;
    }

    /** Returns the true places of the entries whose stated one is wrong and whose text was found beyond doubt. */
    Map<ExifEntry, Run> repaired() {
        Set<ExifEntry> inDoubt = Set.copyOf(doubtful);
        List<Run> free = runs.stream()
                .filter(run -> entries.stream()
                        .filter(entry -> !inDoubt.contains(entry) && entry.isBytes())
                        .noneMatch(entry -> run.overlaps(entry.offset(), entry.offset() + entry.length())))
                .toList();
        Map<ExifEntry, Run> found = new HashMap<>();
        for (ExifEntry entry : doubtful) {
            choose(entry, free)
                    .filter(run -> run.start() != entry.offset() || !run.hasLength(entry.length()))
                    .ifPresent(run -> found.put(entry, because(entry, run)));
        }
        Map<Integer, Long> uses =
                found.values().stream().collect(Collectors.groupingBy(Run::start, Collectors.counting()));
        found.values().removeIf(run -> uses.getOrDefault(run.start(), 0L) > 1);
        return found;
    }

    private static Run because(ExifEntry entry, Run run) {
        return new Run(
                run.start(),
                run.end(),
                "the EXIF entry states " + entry.length() + " bytes at " + entry.offset()
                        + " of its block; the whole text stands at " + run.start() + " with "
                        + (run.end() - run.start()) + " bytes");
    }

    private Optional<Run> choose(ExifEntry entry, List<Run> free) {
        if (entry.tag() == ExifTags.USER_COMMENT) {
            Optional<Run> coded = codedComment(entry);
            if (coded.isPresent()) {
                return coded;
            }
        }
        Optional<Run> sameLength = only(free, run -> run.hasLength(entry.length()) && isNear(entry, run));
        if (sameLength.isPresent()) {
            return sameLength;
        }
        Optional<Run> nearest = only(free, run -> isNear(entry, run));
        if (nearest.isPresent()) {
            return nearest;
        }
        if (entry.fits(block.length)) {
            return only(free, run -> run.overlaps(entry.offset(), entry.offset() + entry.length()));
        }
        Optional<Run> byLength = only(free, run -> run.hasLength(entry.length()));
        return byLength.isPresent() || doubtful.size() > 1 ? byLength : only(free, run -> true);
    }

    private static Optional<Run> only(List<Run> runs, Predicate<Run> condition) {
        List<Run> matching = runs.stream().filter(condition).toList();
        return matching.size() == 1 ? Optional.of(matching.getFirst()) : Optional.empty();
    }

    private static boolean isNear(ExifEntry entry, Run run) {
        return Math.abs(run.start() - entry.offset()) <= NEAR;
    }

    /** Finds a user comment by the code it begins with, close to its stated place. */
    private Optional<Run> codedComment(ExifEntry entry) {
        List<Integer> places = new ArrayList<>();
        long first = Math.max(0, entry.offset() - NEAR);
        long last = Math.min(block.length - 8L, entry.offset() + NEAR);
        for (long at = first; at <= last; at++) {
            if (isCode((int) at)) {
                places.add((int) at);
            }
        }
        if (places.size() != 1) {
            return Optional.empty();
        }
        int start = places.getFirst();
        // A length that runs into the next value is not the comment's.
        long limit = entries.stream()
                .mapToLong(ExifEntry::offset)
                .filter(other -> other > start && other != entry.offset())
                .min()
                .orElse(block.length);
        return Optional.of(new Run(start, (int) Math.min(Math.min(limit, block.length), start + entry.length()), ""));
    }

    private boolean isCode(int at) {
        return at >= 0
                && at + 8 <= block.length
                && CODES.contains(new String(block, at, 8, StandardCharsets.ISO_8859_1));
    }

    private boolean isDoubtful(ExifEntry entry) {
        if (!entry.isBytes()
                || ExifTags.isBinary(entry.tag())
                || ExifTags.isWindowsText(entry.tag())
                || ExifTags.isBookkeeping(entry.tag())
                || entry.length() <= ExifEntry.INLINE) {
            return false;
        }
        if (!entry.fits(block.length)) {
            return true;
        }
        int start = (int) entry.offset();
        int end = start + (int) entry.length();
        if (entry.tag() == ExifTags.USER_COMMENT && isCode(start)) {
            return false;
        }
        int trimmed = end;
        while (trimmed > start && block[trimmed - 1] == 0) {
            trimmed--;
        }
        if (trimmed == start) {
            return false;
        }
        int brace = ExifRuns.brace(block, start, trimmed);
        int close = brace < 0 ? -1 : JsonRun.end(block, brace);
        if (close >= 0) {
            return close > end
                    || hasZero(start, brace)
                    || hasZero(Math.min(close, trimmed), trimmed)
                    || ExifRuns.knownLabel(block, 0, brace).orElse(start) < start;
        }
        return hasZero(start, trimmed) || (trimmed == end && goesOn(end));
    }

    private boolean hasZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (block[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Says whether text stands behind a value that is not another entry's value. */
    private boolean goesOn(int end) {
        return end < block.length
                && !TextDecoder.isControl(block[end] & 0xFF)
                && entries.stream().noneMatch(entry -> entry.offset() == end);
    }
}
