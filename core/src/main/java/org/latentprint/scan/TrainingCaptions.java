package org.latentprint.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseWriter;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.archive.MemberSource;

/**
 * Reads the captions in folders that a training record may name: text files with the name of a picture beside them. They
 * are read as kohya-ss/sd-scripts reads them for the tag counts of its record ({@code library/train_util.py}, {@code
 * read_caption} and {@code set_tag_frequency}): UTF-8, split at commas, without blanks at the ends, in lower case. It takes
 * the first line, or with wildcards all lines; all are taken here. Captions of an exhibit that was scanned before the one
 * with the training record are not read.
 */
final class TrainingCaptions {
    /** A caption is a line or a few; a text file larger than this is something else. */
    private static final int MAX_SIZE = 64 << 10;

    /** The longest captions of taggers have some hundred tags. */
    private static final int MAX_TAGS = 500;

    private static final String ITEMS = """
            WITH folders AS (
                SELECT DISTINCT folder FROM training_folder WHERE exhibit_id = ?
            ), inside AS (
                SELECT item.*, regexp_replace(path, '\\.[^./]*$', '') AS stem
                FROM item JOIN folders ON regexp_replace(item.path, '/[^/]*$', '') = folders.folder
                WHERE item.exhibit_id = ? AND item.kind = 'file' AND item.stream IS NULL AND item.outcome = 'read'
            )
            SELECT item_id, path, size, address FROM inside
            WHERE (lower(name) LIKE '%.txt' OR lower(name) LIKE '%.caption') AND size BETWEEN 1 AND ?
                AND stem IN (SELECT stem FROM inside WHERE media_type LIKE 'image/%' OR media_type LIKE 'video/%')
            ORDER BY item_id
            """;

    private TrainingCaptions() {}

    private record Text(long itemId, String path, long size, Optional<String> address) {}

    static void add(CaseDatabase database, CaseWriter writer, EvidenceSource source) throws CaseException {
        List<Text> texts = database.query(
                ITEMS,
                row -> new Text(
                        row.getLong(1), row.getString(2), row.getLong(3), Optional.ofNullable(row.getString(4))),
                writer.exhibitId(),
                writer.exhibitId(),
                MAX_SIZE);
        if (texts.isEmpty()) {
            return;
        }
        // Members of archives are opened again by their paths, in the order in which they lie there.
        try (MemberSource members = new MemberSource(source)) {
            for (Text text : texts) {
                writer.addCaption(text.itemId, tags(members, text));
            }
        } catch (IOException failure) {
            throw new CaseException("an archive could not be closed: " + failure, failure);
        }
    }

    /** Returns no tags where the text cannot be read, or is no UTF-8: it is then no caption for the trainer either. */
    private static List<String> tags(EvidenceSource source, Text text) {
        try (EvidenceBytes bytes = source.open(ItemRef.again(text.path, text.size, text.address))) {
            byte[] content = bytes.readExactly(0, Math.toIntExact(Math.min(bytes.size(), MAX_SIZE)));
            return tags(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<String> tags(String caption) {
        Set<String> tags = new LinkedHashSet<>();
        for (String part : caption.split("[,\r\n]", -1)) {
            String tag = part.strip().toLowerCase(Locale.ROOT);
            if (!tag.isEmpty() && tags.size() < MAX_TAGS) {
                tags.add(tag);
            }
        }
        return new ArrayList<>(tags);
    }
}
