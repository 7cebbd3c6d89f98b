package io.datavolume.importer.flow;

import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.registry.ContainerDisk;
import io.datavolume.importer.registry.DiskFile;
import io.datavolume.importer.source.Source;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The disk of a container image as a source that is read once, while its layer passes and is hashed. */
final class ContainerSource implements Source {

    private final String name;
    private final ContainerDisk disk;
    private final DiskFile file;

    ContainerSource(String name, ContainerDisk disk, DiskFile file) {
        this.name = name;
        this.disk = disk;
        this.file = file;
    }

    @Override
    public String displayName() {
        return name;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(file.length());
    }

    @Override
    public Optional<String> validator() {
        // Every byte of the layer must pass through its digest, so a second run begins at its beginning.
        return Optional.empty();
    }

    @Override
    public InputStream stream(long offset) {
        if (offset != 0) {
            throw new IllegalArgumentException("a container image's disk is read from its beginning");
        }
        return file.content();
    }

    @Override
    public Optional<RangeReader> ranges() {
        return Optional.empty();
    }

    @Override
    public long bytesReceived() {
        return disk.bytesReceived();
    }

    /** Bytes of all layers that are to be read. */
    long totalBytes() {
        return disk.totalBytes();
    }

    @Override
    public void close() {
        // the disk belongs to who opened it
    }
}
