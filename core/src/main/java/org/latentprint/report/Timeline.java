package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * Generations over time, by the times of their files.
 *
 * @param generations bars of generations by period; empty where there is no plausible time
 * @param median bars of the median number of words of a positive prompt
 * @param longest bars of the greatest number of words of a positive prompt
 * @param months the figures under the charts
 * @param bases what the times rest on, in words
 * @param implausible times that are kept out of the charts
 * @param withoutTime generations whose item has no time at all
 */
public record Timeline(
        Optional<SvgBarChart> generations,
        Optional<SvgBarChart> median,
        Optional<SvgBarChart> longest,
        Capped<Month> months,
        List<EvidenceText> bases,
        Capped<Implausible> implausible,
        long withoutTime) {
    public Timeline {
        bases = List.copyOf(bases);
    }

    /**
     * Figures of one month.
     *
     * @param month such as {@code 2024-03}
     * @param medianWords of the positive prompts; empty where none is recorded
     * @param longestWords of the positive prompts; empty where none is recorded
     */
    public record Month(String month, long generations, Optional<String> medianWords, Optional<Long> longestWords) {}

    /** A day that no file system would honestly give, and how many generations' items carry it. */
    public record Implausible(String day, long generations) {}
}
