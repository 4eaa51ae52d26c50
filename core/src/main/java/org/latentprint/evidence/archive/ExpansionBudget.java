package org.latentprint.evidence.archive;

/** How much may still be unpacked from one archive of a source and from all archives inside it. Used by one thread. */
public final class ExpansionBudget {
    private final long granted;
    private long bytesLeft;
    private long membersLeft = ArchiveLimits.MAX_MEMBERS_IN_ALL;

    private ExpansionBudget(long granted) {
        this.granted = granted;
        this.bytesLeft = granted;
    }

    /** Returns the budget of an archive of that size in bytes. */
    public static ExpansionBudget forArchive(long size) {
        long byRatio = size > ArchiveLimits.MAX_UNPACKED / ArchiveLimits.MAX_RATIO
                ? ArchiveLimits.MAX_UNPACKED
                : size * ArchiveLimits.MAX_RATIO;
        return new ExpansionBudget(Math.max(ArchiveLimits.RATIO_FREE, byRatio));
    }

    void takeMember() throws BoundReached {
        if (membersLeft == 0) {
            throw new BoundReached("more than " + ArchiveLimits.MAX_MEMBERS_IN_ALL
                    + " members with those of archives inside; the rest was not read");
        }
        membersLeft--;
    }

    void take(long bytes) throws BoundReached {
        if (bytes > bytesLeft) {
            bytesLeft = 0;
            throw new BoundReached("unpacks to more than " + granted + " bytes, with archives inside counted; "
                    + granted + " are granted for its size, the rest was not read");
        }
        bytesLeft -= bytes;
    }
}
