package org.latentprint.modelfile;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model was trained or merged, as its metadata record it. All of it is the writer's word: metadata can be edited.
 *
 * @param trainer program, by the keys it writes
 * @param outputName name chosen at training, which outlives a renaming of the file
 * @param sessionId number of the run; files of one run share it
 * @param started by the training machine's clock
 * @param finished by the same clock, when this file was saved
 * @param baseModel name or place of the model it started from
 * @param baseModelHashes hash kind to value
 * @param baseModelVersion the trainer's word for the base's architecture
 * @param imagesTimesRepeats number of training images, each counted as often as it was repeated
 * @param epochs planned, as written
 * @param steps reached, as written
 * @param folders the training folders by name, without their places
 * @param tags how often each tag or caption occurs, over all folders, most frequent first
 * @param mergedFrom names of the models it was merged from
 * @param comment free text of the trainer
 * @param settings further keys, as they are written
 * @param trainerVersion version or commit of the trainer
 * @param triggerWords words by which the trainer says the model is called
 * @param parents of a merge: the SHA-256 under which its recipe names each model, to the name
 */
public record TrainingRecord(
        Optional<String> trainer,
        Optional<String> outputName,
        Optional<String> sessionId,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<String> baseModel,
        Map<String, String> baseModelHashes,
        Optional<String> baseModelVersion,
        Optional<Long> imagesTimesRepeats,
        Optional<String> epochs,
        Optional<String> steps,
        List<Folder> folders,
        List<Tag> tags,
        List<String> mergedFrom,
        Optional<String> comment,
        Map<String, String> settings,
        Optional<String> trainerVersion,
        List<String> triggerWords,
        Map<String, String> parents) {

    public TrainingRecord {
        baseModelHashes = Collections.unmodifiableMap(new LinkedHashMap<>(baseModelHashes));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        folders = List.copyOf(folders);
        tags = List.copyOf(tags);
        mergedFrom = List.copyOf(mergedFrom);
        triggerWords = List.copyOf(triggerWords);
        parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
    }

    /**
     * A folder of training images.
     *
     * @param name base name only, the trainer's word
     * @param repeats how often each image is used in an epoch
     * @param images number of distinct files
     * @param regularisation whether it holds regularisation images
     */
    public record Folder(String name, Optional<Long> repeats, Optional<Long> images, boolean regularisation) {}

    /** A tag or caption and how often it occurs. */
    public record Tag(String text, long count) {}
}
