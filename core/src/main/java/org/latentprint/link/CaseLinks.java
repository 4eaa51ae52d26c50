package org.latentprint.link;

import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;

/** All joins of a case. */
public final class CaseLinks {
    private CaseLinks() {}

    /**
     * Makes all links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        InputLinks.rebuild(database);
        ModelLinks.rebuild(database);
        TrainingLinks.rebuild(database);
        LineageLinks.rebuild(database);
        SideFileLinks.rebuild(database);
        DownloadMarkLinks.rebuild(database);
    }
}
