package org.latentprint.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Makes the report's model from a case. */
final class ReportQueries {
    /** A file may carry the local time of a zone ahead of UTC. */
    private static final Duration ZONES_AHEAD = Duration.ofDays(1);

    private ReportQueries() {}

    static ReportModel read(Connection connection, ReportHeader header) throws SQLException {
        CaseRows rows = new CaseRows(connection);
        LocalDateTime latest = LocalDateTime.ofInstant(header.issued().plus(ZONES_AHEAD), ZoneOffset.UTC);
        ReportIdentifier id = ReportIdentifier.of(rows, header);
        return new ReportModel(
                id,
                header,
                new OverviewQueries(rows).read(),
                new InputQueries(rows).read(),
                new TrainingLeadQueries(rows).read(),
                new DownloadQueries(rows).read(),
                new UseQueries(rows, latest).read(),
                new ModelInventoryQueries(rows).read(),
                new CredentialQueries(rows).read(),
                new TimelineQueries(rows, latest).read(),
                new GenerationQueries(rows, latest).read(),
                new ShortfallQueries(rows).read(),
                new CheckedQueries(rows).read(header.readers()),
                ReportStyle.of(id));
    }
}
