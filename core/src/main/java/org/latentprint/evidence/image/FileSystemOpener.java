package org.latentprint.evidence.image;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.image.sleuthkit.ApfsPool;
import org.latentprint.evidence.image.sleuthkit.FileContent;
import org.latentprint.evidence.image.sleuthkit.FileSystem;
import org.latentprint.evidence.image.sleuthkit.SleuthKit;
import org.latentprint.evidence.image.sleuthkit.SleuthKitImage;

/** Opens files by their addresses, in file systems of its own, since those of a walk may be busy for minutes. */
final class FileSystemOpener {
    private final ImageBytes bytes;
    private final SleuthKitImage image;
    private final Map<Place, FileSystem> fileSystems = new HashMap<>();
    private final Map<Long, ApfsPool> pools = new HashMap<>();

    private record Place(long offset, long poolBlock) {}

    FileSystemOpener(SleuthKit kit, ImageBytes bytes) throws IOException {
        this.bytes = bytes;
        this.image = new SleuthKitImage(kit, bytes, () -> {});
    }

    EvidenceBytes open(ItemAddress.InFileSystem address) throws IOException {
        synchronized (image) {
            Place place = new Place(address.offset(), address.poolBlock());
            FileSystem fileSystem = fileSystems.get(place);
            if (fileSystem == null) {
                fileSystem = find(place)
                        .orElseThrow(() ->
                                new IOException("no file system begins at byte " + place.offset + " of the image"));
                fileSystems.put(place, fileSystem);
            }
            return FileContent.open(fileSystem, bytes, address.content());
        }
    }

    private Optional<FileSystem> find(Place place) throws IOException {
        if (place.poolBlock == 0) {
            return FileSystem.open(image, place.offset);
        }
        ApfsPool pool = pools.get(place.offset);
        if (pool == null) {
            pool = ApfsPool.open(image, place.offset)
                    .orElseThrow(
                            () -> new IOException("no container begins at byte " + place.offset + " of the image"));
            pools.put(place.offset, pool);
        }
        return pool.open(new ApfsPool.PoolVolume(0, place.poolBlock, false));
    }

    void close() {
        synchronized (image) {
            fileSystems.values().forEach(FileSystem::close);
            fileSystems.clear();
            pools.values().forEach(ApfsPool::close);
            pools.clear();
            image.close();
        }
    }
}
