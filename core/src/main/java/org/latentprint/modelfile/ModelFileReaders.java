package org.latentprint.modelfile;

import java.util.List;
import java.util.Locale;

/** The readers of model files this version has. */
public final class ModelFileReaders {
    /** How many first bytes a reader is shown. */
    public static final int HEAD_LENGTH = 4096;

    private ModelFileReaders() {}

    /**
     * Makes the readers, asked in this order until one gives a head. To add a format is one line here.
     *
     * @param known the tables that were read lately
     */
    static List<ModelFileReader> all(KnownTables known) {
        return List.of(
                new GgufReader(),
                new TorchZipReader(),
                new NumpyReader(),
                new SideFileReader(),
                new TrainingRecordReader(),
                new SubstituteReader(),
                new TensorStoreReader(),
                new OpaqueReader(),
                new OnnxReader(),
                new PickleReader(),
                new SafetensorsReader(known));
    }

    /** Returns the readers' names with their versions, in the order in which they are asked. */
    public static List<String> ids() {
        return all(new KnownTables()).stream().map(ModelFileReader::id).toList();
    }

    /** Returns the ending of a name in lower case, without its dot; empty text where it has none. */
    static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
