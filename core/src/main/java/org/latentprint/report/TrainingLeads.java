package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * The folders of pictures that training records name.
 *
 * @param folders those on the exhibits that bear such a name
 * @param missing names without such a folder among the items seen
 */
public record TrainingLeads(Capped<Lead> folders, Capped<Missing> missing) {

    /** Says whether no training record names a folder. */
    public boolean isEmpty() {
        return folders.isEmpty() && missing.isEmpty();
    }

    /**
     * A folder on an exhibit.
     *
     * @param pictures and films that lie directly in it
     * @param captions text files beside them that were read as captions
     * @param first of the pictures, by name
     * @param records the first training records that name such a folder
     * @param recordTotal how many there are
     */
    public record Lead(
            EvidenceText exhibit,
            EvidenceText folder,
            long pictures,
            long captions,
            List<EvidenceText> first,
            List<NamedBy> records,
            long recordTotal) {
        public Lead {
            first = List.copyOf(first);
            records = List.copyOf(records);
        }
    }

    /**
     * A training record that names the folder.
     *
     * @param item the model file that holds the record
     * @param name of the folder as recorded
     * @param pictures that the record counts in it
     * @param regularisation whether the record says that it holds regularisation pictures
     * @param tags in the record, over all its folders
     * @param tagsFound those of them that the captions hold
     */
    public record NamedBy(
            EvidenceText exhibit,
            EvidenceText item,
            EvidenceText name,
            Optional<Long> pictures,
            boolean regularisation,
            long tags,
            long tagsFound,
            EvidenceText grade,
            EvidenceText rule,
            Ground ground) {}

    /**
     * A name for which no folder was found.
     *
     * @param pictures that the record counts in it
     * @param records how many model files name it so
     * @param item one of them
     */
    public record Missing(
            EvidenceText name,
            boolean regularisation,
            Optional<Long> repeats,
            Optional<Long> pictures,
            long records,
            EvidenceText exhibit,
            EvidenceText item,
            Ground ground) {}
}
