package io.datavolume.importer.registry;

import io.datavolume.image.compress.RestartPoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The disk of a container image, as it passes. */
public final class DiskFile {

    private static final byte[] NO_STATE = {};

    private final TarEntry entry;
    private final LayerReader layer;

    DiskFile(TarEntry entry, LayerReader layer) {
        this.entry = entry;
        this.layer = layer;
    }

    /** Length in bytes, holes included. */
    public long length() {
        return entry.size();
    }

    /** The file's bytes; not verified before {@link ContainerDisk#verifyRest()} has returned. */
    public InputStream content() {
        return layer.content();
    }

    /**
     * Where the blob's digest, its decompressor and the file itself can start again, in this order.
     *
     * @param offset in the file, at or before what was read
     */
    public List<RestartPoint> restartBefore(long offset) {
        if (entry.sparse()) {
            return List.of(RestartPoint.START, RestartPoint.START, new RestartPoint(entry.offset(), 0, NO_STATE));
        }
        List<RestartPoint> points = new ArrayList<>(layer.restartBefore(entry.offset() + offset));
        long here = Math.max(points.getLast().offset(), entry.offset());
        points.add(new RestartPoint(here, here - entry.offset(), NO_STATE));
        return points;
    }

    /**
     * The content from the last point's offset on; instead of {@link #content()}.
     *
     * @throws IllegalArgumentException when the points cannot be of this file
     */
    public InputStream restart(List<RestartPoint> points) throws IOException {
        if (points.size() != 3 || points.getLast().upstream() - points.getLast().offset() != entry.offset()
                || points.getLast().offset() < 0 || points.getLast().offset() > entry.size()) {
            throw new IllegalArgumentException("the journal names places that the disk does not have");
        }
        if (points.getLast().offset() > 0) {
            layer.restart(points.subList(0, 2), points.getLast().upstream());
        }
        return layer.content();
    }

    /** How much of the layer's blob was read, what an earlier run read and this one did not read again too. */
    public long reached() {
        return layer.reached();
    }
}
