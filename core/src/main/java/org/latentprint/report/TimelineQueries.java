package org.latentprint.report;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads generations over time. */
final class TimelineQueries {
    /**
     * A time that may be charted; one parameter, the latest plausible time. The zero values of file systems and archives
     * (1601, 1970, 1980) lie before the first bound, with a day to spare for local time zones.
     */
    static final String PLAUSIBLE = "i.modified >= TIMESTAMP '1980-01-03' AND i.modified <= ?";

    /** Past this span a time is more likely wrong than old, and a chart of months would not fit a page. */
    private static final int MONTHS_FILLED = 600;

    private final CaseRows rows;
    private final LocalDateTime latest;

    /** Takes the latest time that counts as plausible. */
    TimelineQueries(CaseRows rows, LocalDateTime latest) {
        this.rows = rows;
        this.latest = latest;
    }

    Timeline read() throws SQLException {
        Capped<Timeline.Month> months = months();
        List<Period> periods = periods(months.rows());
        return new Timeline(
                chart("generations", "Generations", periods, Period::generations),
                chart("median", "Words, median", periods, Period::median),
                chart("longest", "Words, maximum", periods, Period::longest),
                months,
                bases(),
                implausible(),
                rows.count("SELECT count(*) FROM generation g JOIN item i USING (item_id) WHERE i.modified IS NULL"));
    }

    private record Period(String label, double generations, double median, double longest) {}

    private Capped<Timeline.Month> months() throws SQLException {
        String sql = """
                SELECT strftime(i.modified, '%Y-%m') AS month, count(*), median(g.positive_words), max(g.positive_words)
                FROM generation g JOIN item i USING (item_id)
                WHERE {plausible} GROUP BY month ORDER BY month""".replace("{plausible}", PLAUSIBLE);
        return rows.capped(
                sql,
                ReportLimits.MONTH_ROWS,
                "month",
                row -> new Timeline.Month(row.text(1), row.number(2), row.decimal(3), row.optionalNumber(4)),
                latest);
    }

    /** Fills the months without a generation, so that a gap is seen as one; many months become years. */
    private List<Period> periods(List<Timeline.Month> months) throws SQLException {
        if (months.isEmpty()) {
            return List.of();
        }
        Map<YearMonth, Timeline.Month> byMonth = new TreeMap<>();
        months.forEach(month -> byMonth.put(YearMonth.parse(month.month()), month));
        YearMonth first = YearMonth.parse(months.getFirst().month());
        YearMonth last = YearMonth.parse(months.getLast().month());
        List<Period> filled = new ArrayList<>();
        for (YearMonth at = first; !at.isAfter(last) && filled.size() < MONTHS_FILLED; at = at.plusMonths(1)) {
            Timeline.Month month =
                    byMonth.getOrDefault(at, new Timeline.Month(at.toString(), 0, Optional.empty(), Optional.empty()));
            filled.add(new Period(
                    month.month(),
                    month.generations(),
                    month.medianWords()
                            .map(BigDecimal::new)
                            .orElse(BigDecimal.ZERO)
                            .doubleValue(),
                    month.longestWords().orElse(0L)));
        }
        return filled.size() <= ReportLimits.BARS ? filled : years();
    }

    private List<Period> years() throws SQLException {
        List<Period> years = rows.list(
                """
                SELECT strftime(i.modified, '%Y'), count(*), coalesce(median(g.positive_words), 0),
                       coalesce(max(g.positive_words), 0)
                FROM generation g JOIN item i USING (item_id)
                WHERE {plausible} GROUP BY 1 ORDER BY 1""".replace("{plausible}", PLAUSIBLE),
                row -> new Period(
                        row.text(1),
                        row.number(2),
                        row.decimal(3).map(Double::parseDouble).orElse(0.0),
                        row.number(4)),
                latest);
        return years.size() <= ReportLimits.BARS ? years : List.of();
    }

    private static Optional<SvgBarChart> chart(
            String id, String axis, List<Period> periods, Function<Period, Double> value) {
        List<SvgBarChart.Value> values = periods.stream()
                .map(period -> new SvgBarChart.Value(period.label(), value.apply(period)))
                .toList();
        return values.stream().anyMatch(bar -> bar.value() > 0)
                ? Optional.of(SvgBarChart.of(id, axis, values))
                : Optional.empty();
    }

    private List<EvidenceText> bases() throws SQLException {
        return rows.list("""
                SELECT DISTINCT i.time_basis FROM generation g JOIN item i USING (item_id)
                WHERE i.time_basis IS NOT NULL AND i.modified IS NOT NULL ORDER BY 1 LIMIT 20""", row -> row.evidence(1));
    }

    private Capped<Timeline.Implausible> implausible() throws SQLException {
        return rows.capped(
                "SELECT CAST(i.modified AS DATE)::VARCHAR AS day, count(*) FROM generation g JOIN item i USING (item_id)"
                        + " WHERE i.modified IS NOT NULL AND NOT (" + PLAUSIBLE + ") GROUP BY day ORDER BY day",
                ReportLimits.SUMMARY_ROWS,
                "day",
                row -> new Timeline.Implausible(row.text(1), row.number(2)),
                latest);
    }
}
