package io.datavolume.importer.registry;

import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The one disk below {@code /disk/} in the merged view of an image's layers, in a single pass over the blobs from
 * the uppermost layer down. Call {@link #open} once, read the content, then {@link #verifyRest}; only then are the
 * content's bytes what the image's digest promises, and the only file there. One thread at a time, except for the
 * two counters.
 */
public final class ContainerDisk implements Closeable {

    private final ImageStore store;
    private final TarLimits limits;
    private final boolean restartable;
    private final List<Descriptor> layers;
    private final MergedDisk merged = new MergedDisk();
    private final List<Source> blobs = new CopyOnWriteArrayList<>();
    private volatile long totalBytes;
    private int next;
    private @Nullable LayerReader reader;

    /** One that is read from its beginning; {@code store} stays the caller's to close. */
    public ContainerDisk(ImageStore store, TarLimits limits) {
        this(store, limits, false);
    }

    /**
     * @param store stays the caller's to close
     * @param restartable whether restart points will be asked for, which costs speed
     */
    public ContainerDisk(ImageStore store, TarLimits limits, boolean restartable) {
        this.store = store;
        this.limits = limits;
        this.restartable = restartable;
        this.layers = store.image().layers();
        this.next = layers.size() - 1;
        layers.forEach(layer -> totalBytes = Math.addExact(totalBytes, layer.size()));
    }

    /**
     * Reads down to the disk.
     *
     * @throws io.datavolume.image.failure.ImageRefusedException if there is none, or something that may not be there
     */
    public DiskFile open() throws IOException {
        Optional<TarEntry> entry = findDisk();
        merged.demandDisk();
        return new DiskFile(entry.orElseThrow(), current());
    }

    /**
     * Reads the rest: of the disk's layer for its digest, of lower layers as far as they could show a second file.
     *
     * @throws io.datavolume.image.failure.NeedsUserException if a blob is not what its digest says, or there is
     *         something else below {@code /disk/}: the bytes that were read must then not be used
     */
    public void verifyRest() throws IOException {
        merged.demandDisk();
        findDisk();
    }

    /** Reads the rest of the present layer's blob as it is stored, and compares its digest. */
    public void verifyBytes() throws IOException {
        if (reader != null) {
            reader.verifyBytes();
        }
    }

    /** Bytes of blobs received so far, of all layers. */
    public long bytesReceived() {
        return blobs.stream().mapToLong(Source::bytesReceived).sum();
    }

    /** Bytes of all blobs that are to be read; falls when lower layers turn out not to matter. */
    public long totalBytes() {
        return totalBytes;
    }

    /** The next entry that is the disk; empty at the end. A second one is refused before it is returned. */
    private Optional<TarEntry> findDisk() throws IOException {
        while (reader != null || !merged.isComplete() && next >= 0) {
            LayerReader here = current();
            for (Optional<TarEntry> entry = here.next(); entry.isPresent(); entry = here.next()) {
                if (merged.add(entry.get())) {
                    return entry;
                }
            }
            here.verifyEnd();
            here.close();
            reader = null;
            merged.endLayer();
            next--;
        }
        totalBytes = layers.subList(next + 1, layers.size()).stream().mapToLong(Descriptor::size).sum();
        return Optional.empty();
    }

    private LayerReader current() throws IOException {
        LayerReader open = reader;
        if (open == null) {
            Source blob = store.blob(layers.get(next));
            blobs.add(blob);
            open = LayerReader.open(blob, layers.get(next), limits, restartable);
            reader = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
