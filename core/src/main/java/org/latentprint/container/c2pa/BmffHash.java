package org.latentprint.container.c2pa;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Checks the hash of a film or picture made of boxes: {@code c2pa.hash.bmff} in its three versions, with its trees of hashes
 * where the media data are hashed in blocks or the film is one file of fragments. Sources: C2PA Technical
 * Specification 2.x, "BMFF-Based Hash" and "Validating a BMFF-hash"; c2pa-rs, {@code sdk/src/assertions/bmff_hash.rs}. Held against files that tests signed, and against no file of a
 * service. Not checked: trees over a track's chunks, fragments in several trees, and fragments in files of their own.
 */
final class BmffHash {
    /** A box of media data is left out of the file's own hash behind this many bytes, whatever its header's length. */
    private static final int BLOCKS_START = 16;

    private static final String FRAGMENT = "moof";
    private static final String MEDIA = "mdat";

    private final CborValue assertion;
    private final Optional<String> claimAlgorithm;
    private final ItemBytes item;
    private final BmffTree tree;
    private final BmffCover cover;

    private BmffHash(
            CborValue assertion, Optional<String> claimAlgorithm, ItemBytes item, BmffTree tree, BmffCover cover) {
        this.assertion = assertion;
        this.claimAlgorithm = claimAlgorithm;
        this.item = item;
        this.tree = tree;
        this.cover = cover;
    }

    /**
     * Checks the hash.
     *
     * @param assertion content of the assertion
     * @param version of the assertion: 1, 2 or 3
     * @param claimAlgorithm what the claim names for those assertions that name none
     * @param bytes the item
     */
    static Check check(CborValue assertion, int version, Optional<String> claimAlgorithm, EvidenceBytes bytes) {
        if (bytes.size() > ItemBytes.MAX_HASHED) {
            return Check.notChecked(
                    "the item has " + bytes.size() + " bytes; up to " + ItemBytes.MAX_HASHED + " are hashed");
        }
        try {
            ItemBytes item = new ItemBytes(bytes);
            BmffTree tree = new BmffTree(item);
            BmffCover cover =
                    BmffCover.of(tree, item, assertion.get("exclusions").items(), version > 1);
            return new BmffHash(assertion, claimAlgorithm, item, tree, cover).check();
        } catch (MalformedStoreException malformed) {
            return Check.notChecked("the assertion cannot be used: " + malformed.getMessage());
        } catch (IOException failure) {
            return Check.notChecked("the item could not be read: " + failure.getMessage());
        }
    }

    private Check check() throws IOException {
        HashStatement hash = HashStatement.of(assertion, CborValue.nothing(), claimAlgorithm);
        List<CborValue> trees = assertion.get("merkle").items();
        if (hash.stated().isEmpty() && trees.isEmpty()) {
            return Check.notChecked("the assertion holds no hash");
        }
        Check whole = hash.stated().isEmpty()
                ? Check.passed("")
                : run(hash, 0, item.size(), "the item less the excluded boxes");
        if (whole.outcome() != Check.Outcome.PASSED || trees.isEmpty()) {
            return whole;
        }
        Check blocks = tree.roots(FRAGMENT).isEmpty() ? blocks(trees) : fragments(trees);
        return blocks.outcome() == Check.Outcome.PASSED && !whole.reason().isEmpty()
                ? Check.passed(whole.reason() + "; " + blocks.reason())
                : blocks;
    }

    private Check run(HashStatement hash, long from, long to, String what) throws IOException {
        Optional<MessageDigest> digest = hash.digest();
        if (digest.isEmpty()) {
            return Check.notChecked("the hash algorithm " + hash.algorithm() + " is not known");
        }
        cover.update(digest.get(), from, to);
        String words = hash.algorithm() + " over " + what;
        return hash.isMetBy(digest.get())
                ? Check.passed(words)
                : Check.failed(words + " is another than the manifest states");
    }

    /** Media data that are hashed block by block, beside the hash of the rest. */
    private Check blocks(List<CborValue> trees) throws IOException {
        List<BmffBox> media = tree.roots(MEDIA);
        int leaves = 0;
        for (CborValue map : trees) {
            MerkleRow row = MerkleRow.of(map, assertion, claimAlgorithm);
            long number = map.get("localId").whole().orElse(-1L);
            boolean inBlocks = map.get("fixedBlockSize").isPresent()
                    || map.get("variableBlockSizes").isPresent()
                    || row.leaves() == 1;
            if (!inBlocks || number < 0 || number >= media.size()) {
                return Check.notChecked("a tree of hashes over the chunks of a track is not checked by this version");
            }
            if (row.leaves() < 1
                    || row.leaves() > MerkleRow.MAX_LEAVES
                    || row.hash().digest().isEmpty()) {
                return Check.notChecked("a tree of " + row.leaves() + " hashes, or of a hash that is not known");
            }
            if (!blocksMeet(row, media.get((int) number))) {
                return Check.failed("the blocks of the media data have other hashes than the manifest states");
            }
            leaves += (int) row.leaves();
        }
        return Check.passed(leaves + " blocks of the media data");
    }

    /**
     * The file's own hash covers a box's first 16 bytes, so writers begin the first block there; the specification's words
     * for the blocks are the payload, which in a box with a short header begins 8 bytes earlier. Either is held against the
     * stated hashes.
     */
    private boolean blocksMeet(MerkleRow row, BmffBox box) throws IOException {
        return blocksMeet(row, Math.min(box.start() + BLOCKS_START, box.end()), box.end())
                || (box.content() != box.start() + BLOCKS_START && blocksMeet(row, box.content(), box.end()));
    }

    private boolean blocksMeet(MerkleRow row, long start, long end) throws IOException {
        List<ByteRange> blocks = Blocks.of(row.map(), start, end);
        if (blocks.size() != row.leaves()) {
            return false;
        }
        List<byte[]> leaves = new ArrayList<>();
        for (ByteRange block : blocks) {
            MessageDigest digest = row.hash().digest().orElseThrow();
            item.update(digest, block.offset(), block.end());
            leaves.add(digest.digest());
        }
        return row.isMetBy(leaves);
    }

    /** A film in fragments, each a leaf, with the hash of all that stands before the first. */
    private Check fragments(List<CborValue> trees) throws IOException {
        MerkleRow row = MerkleRow.of(trees.getFirst(), assertion, claimAlgorithm);
        List<BmffBox> fragments = tree.roots(FRAGMENT);
        if (trees.size() > 1) {
            return Check.notChecked(
                    "fragments in " + trees.size() + " trees of hashes are not checked by this version");
        }
        if (fragments.size() > MerkleRow.MAX_LEAVES || row.hash().digest().isEmpty()) {
            return Check.notChecked(fragments.size() + " fragments, or a hash that is not known");
        }
        HashStatement head = new HashStatement(
                row.hash().algorithm(), row.map().get("initHash").bytes());
        if (head.stated().isEmpty()) {
            return Check.notChecked("the hash of what stands before the fragments is not stated");
        }
        Check before = run(head, 0, fragments.getFirst().start(), "what stands before the fragments");
        if (before.outcome() != Check.Outcome.PASSED) {
            return before;
        }
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < fragments.size(); i++) {
            long end = i + 1 < fragments.size() ? fragments.get(i + 1).start() : item.size();
            MessageDigest digest = row.hash().digest().orElseThrow();
            cover.update(digest, fragments.get(i).start(), end);
            leaves.add(digest.digest());
        }
        return leaves.size() == row.leaves() && row.isMetBy(leaves)
                ? Check.passed(before.reason() + "; " + leaves.size() + " fragments")
                : Check.failed("the fragments have other hashes than the manifest states");
    }
}
