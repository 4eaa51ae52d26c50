package org.latentprint.modelfile;

import java.io.IOException;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/** Reads the head of one format of model files. One stateless instance serves all threads. */
public interface ModelFileReader {

    /** Returns name and version, such as {@code gguf/1}; the version grows when the same bytes give another result. */
    String id();

    /**
     * Says whether the bytes may be of this format.
     *
     * @param head up to {@link ModelFileReaders#HEAD_LENGTH} first bytes
     * @param name last part of the item's path; it decides only where the bytes are damaged or say nothing
     * @param size of the item in bytes
     */
    boolean recognise(byte[] head, String name, long size);

    /**
     * Reads the head.
     *
     * @return empty where a closer look shows another format
     * @throws IOException where bytes cannot be read or end too early
     */
    Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException;
}
