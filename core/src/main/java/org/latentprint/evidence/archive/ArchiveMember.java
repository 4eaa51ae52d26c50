package org.latentprint.evidence.archive;

import java.util.List;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;

/**
 * One member of an archive.
 *
 * @param item the member as an item of the exhibit
 * @param content what could be had of its bytes
 * @param problems of this member, not of the archive
 */
public record ArchiveMember(ItemRef item, Content content, List<Problem> problems) {

    public ArchiveMember {
        problems = List.copyOf(problems);
    }

    /** What could be had of a member's bytes. */
    public sealed interface Content {}

    /** All bytes. */
    public record Whole(EvidenceBytes bytes) implements Content {}

    /** The beginning only; the reason in words. */
    public record Beginning(EvidenceBytes bytes, String reason) implements Content {}

    /** Nothing, since the member is listed and not read; the reason in words. */
    public record Unread(String reason) implements Content {}

    /** Nothing, since reading failed; the reason in words. */
    public record Lost(String reason) implements Content {}
}
