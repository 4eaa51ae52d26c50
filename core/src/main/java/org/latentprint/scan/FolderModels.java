package org.latentprint.scan;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseWriter;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.modelfile.ModelFile;
import org.latentprint.modelfile.ModelFolders;

/**
 * Adds the folders of an exhibit that are a model as a whole. Which folders are can be said only when all items are known.
 * Folders inside archives are left out: their parts would have to be unpacked again in another order.
 */
final class FolderModels {
    private static final String ITEMS = """
            SELECT path, item_id, size, address FROM item
            WHERE exhibit_id = ? AND kind = 'file' AND stream IS NULL AND archive IS NULL AND outcome = 'read'
                AND (name LIKE '%.json' OR name LIKE '%.safetensors' OR name LIKE '%.bin')
            ORDER BY path
            """;

    private FolderModels() {}

    private record Part(String path, long itemId, long size, Optional<String> address) {}

    static ScanCounts add(CaseDatabase database, CaseWriter writer, EvidenceSource source, ScanCounts counts)
            throws CaseException {
        SortedMap<String, Part> parts = new TreeMap<>();
        for (Part part : database.query(
                ITEMS,
                row -> new Part(
                        row.getString(1), row.getLong(2), row.getLong(3), Optional.ofNullable(row.getString(4))),
                writer.exhibitId())) {
            if (ModelFolders.matters(part.path.substring(part.path.lastIndexOf('/') + 1))) {
                parts.put(part.path, part);
            }
        }
        Map<String, ModelFile> models = ModelFolders.read(new TreeSet<>(parts.keySet()), path -> {
            Part part = parts.get(path);
            if (part == null) {
                throw new IOException("not among the items read: " + path);
            }
            return source.open(ItemRef.again(path, part.size, part.address));
        });
        ScanCounts sum = counts;
        for (Map.Entry<String, ModelFile> model : models.entrySet()) {
            Part index = parts.get(model.getValue().origin().item());
            if (index != null) {
                writer.addFolder(index.itemId, model.getKey(), model.getValue());
                sum = sum.withFolder(model.getValue());
            }
        }
        return sum;
    }
}
