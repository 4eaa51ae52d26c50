package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * What was not read, not understood, or looked wrong. A skipped item is a limitation of the examination, and is printed as
 * one.
 *
 * @param categories problems by category
 * @param problems each problem
 * @param unread items that were skipped or failed
 * @param mismatches items whose name says another type than their bytes
 * @param wrongChecksums blocks whose checksum is wrong
 * @param trailing items with bytes after their end
 * @param unexplained metadata blocks that no generator reader explained, by place
 * @param rawBlocks the texts of such blocks, those of items with problems first
 * @param unknown node types and keys that a generator reader did not know
 */
public record Shortfalls(
        List<Category> categories,
        Capped<Noted> problems,
        Capped<Unread> unread,
        Capped<Mismatch> mismatches,
        Capped<WrongChecksum> wrongChecksums,
        Capped<Trailing> trailing,
        Capped<Unexplained> unexplained,
        Capped<RawBlock> rawBlocks,
        Capped<Unknown> unknown) {
    public Shortfalls {
        categories = List.copyOf(categories);
    }

    /** Problems of one category; {@code lossy} counts those by which something may have been left unread. */
    public record Category(EvidenceText category, long problems, long items, long lossy) {}

    /** One problem of one item. */
    public record Noted(
            EvidenceText exhibit,
            EvidenceText item,
            EvidenceText category,
            boolean lossy,
            EvidenceText message,
            Optional<Long> offset,
            EvidenceText reader) {}

    /** An item that was skipped or failed. */
    public record Unread(
            EvidenceText exhibit,
            EvidenceText item,
            EvidenceText kind,
            EvidenceText outcome,
            Optional<EvidenceText> reason,
            Optional<EvidenceText> linkTarget,
            long size) {}

    /** An item whose name says another type than its bytes. */
    public record Mismatch(EvidenceText exhibit, EvidenceText item, Optional<EvidenceText> mediaType) {}

    /** A block whose checksum is wrong. */
    public record WrongChecksum(
            EvidenceText exhibit, EvidenceText item, EvidenceText container, EvidenceText key, Ground ground) {}

    /** Bytes after the end of an item's format. */
    public record Trailing(EvidenceText exhibit, EvidenceText item, long offset, long length) {}

    /** Blocks at one place of one format that no generator reader explained. */
    public record Unexplained(EvidenceText container, EvidenceText key, long blocks, long items) {}

    /**
     * A block with text that no generator reader explained, as it stands in the item.
     *
     * @param preview the first characters on one line
     * @param text as much of it as the report prints; empty where the report's room for full texts is used up
     */
    public record RawBlock(
            EvidenceText exhibit,
            EvidenceText item,
            EvidenceText container,
            EvidenceText key,
            EvidenceText preview,
            Optional<EvidenceText> text,
            Ground ground) {}

    /** A node type or key that a generator reader did not know. */
    public record Unknown(EvidenceText generator, EvidenceText name, long generations) {}
}
