package org.latentprint.container;

import java.util.List;
import java.util.Optional;

/** The container readers this version has. */
public final class ContainerReaders {
    /** How many of an item's first bytes decide its format. */
    public static final int HEAD_LENGTH = 4096;

    /** Asked in this order; the first that recognises the bytes reads them. To add a format is one line here. */
    public static final List<ContainerReader> ALL = List.of(
            new PngReader(),
            new JpegReader(),
            new WebpReader(),
            new Mp4Reader(),
            new AvifReader(),
            new MatroskaReader(),
            new GifReader(),
            new FlacReader(),
            new Mp3Reader(),
            new OggReader(),
            new RiffReader(),
            new AiffReader(),
            new TiffReader(),
            new JxlReader(),
            new BmpReader(),
            new GltfReader(),
            new PngTextReader(),
            new SvgReader(),
            new ArchiveContainer(),
            new FooocusLogPageReader(),
            new SavedPicturesCsvReader(),
            new DownloadMarkReader(),
            new LatentFileReader(),
            new GenerationJsonReader(),
            new InfotextFileReader());

    private ContainerReaders() {}

    /** Returns the reader for bytes that begin like this, if there is one. */
    public static Optional<ContainerReader> forHead(byte[] head) {
        return ALL.stream().filter(reader -> reader.recognise(head).isPresent()).findFirst();
    }
}
