package org.latentprint.casefile;

import java.time.Instant;

/**
 * What is noted of one scan. Nothing of it is part of the findings.
 *
 * @param exhibit reference that the examiner gave the source
 * @param sourceKind such as {@code folder}
 * @param sourceLocation path as given
 * @param profile how much was read
 * @param threads that examined items
 * @param toolVersion of this program
 * @param commandLine as typed
 * @param environment Java, operating system, clock zone, digest of the program file: a JSON object
 * @param started in UTC
 */
public record ScanRun(
        String exhibit,
        String sourceKind,
        String sourceLocation,
        Profile profile,
        int threads,
        String toolVersion,
        String commandLine,
        String environment,
        Instant started) {}
