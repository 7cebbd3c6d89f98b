package io.datavolume.importer.flow;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.registry.ContainerDisk;
import io.datavolume.importer.registry.Digest;
import io.datavolume.importer.registry.DiskFile;
import io.datavolume.importer.source.RestartableSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The disk of a container image as a source: read in one pass, since its whole layer must pass its digest. */
final class ContainerSource implements RestartableSource {

    private final String name;
    private final ContainerDisk disk;
    private final DiskFile file;
    private final Digest image;

    /** @param image digest of the image's manifest, which binds all bytes */
    ContainerSource(String name, ContainerDisk disk, DiskFile file, Digest image) {
        this.name = name;
        this.disk = disk;
        this.file = file;
        this.image = image;
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
        return Optional.of(image.toString());
    }

    @Override
    public InputStream stream(long offset) {
        if (offset != 0) {
            throw new IllegalArgumentException("a container image's disk is read from its beginning");
        }
        return file.content();
    }

    @Override
    public List<RestartPoint> restartBefore(long offset) {
        return file.restartBefore(offset);
    }

    @Override
    public InputStream restart(List<RestartPoint> points) throws IOException {
        return file.restart(points);
    }

    @Override
    public long reached() {
        return file.reached();
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
