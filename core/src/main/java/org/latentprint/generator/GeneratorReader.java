package org.latentprint.generator;

import org.latentprint.container.ItemMetadata;

/**
 * Reads the metadata blocks that one program writes. One stateless instance serves all threads; nothing that was read from
 * one item may outlive it. See {@code docs/adding-a-reader.md} for the contract as a table.
 */
public interface GeneratorReader {

    /** Returns name and version, such as {@code a1111/1}; the version grows when the same blocks give another result. */
    String id();

    /**
     * Reads what the program left in the item.
     *
     * @param metadata the item's blocks, less those that readers before this one in {@link GeneratorReaders} have claimed
     * @return what was read and which blocks it explains; {@link Reading#NONE} where the program left nothing
     */
    Reading read(ItemMetadata metadata);

    /**
     * Says whether the reader is given blocks that hold a graph of ComfyUI. Most are not: such a block is no record of their
     * program, graphs are long, and every reader would search them anew.
     */
    default boolean readsGraphs() {
        return false;
    }

    /**
     * Says whether the reader is left out where one before it has found a generation. It is for marks that say only that
     * some generative program made the file: beside a program's own record they would count the picture twice.
     */
    default boolean yields() {
        return false;
    }
}
