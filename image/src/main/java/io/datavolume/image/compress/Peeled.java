package io.datavolume.image.compress;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What is left of a source when its compressions are undone. */
public final class Peeled implements Closeable {

    private final InputStream stream;
    private final byte[] head;
    private final List<Compression> layers;
    private final List<StageStream> stages;

    Peeled(InputStream stream, byte[] head, List<Compression> layers, List<StageStream> stages) {
        this.stream = stream;
        this.head = head;
        this.layers = List.copyOf(layers);
        this.stages = List.copyOf(stages);
    }

    /** The content; closing it closes the source. */
    public InputStream stream() {
        return stream;
    }

    /**
     * The first {@link CompressionDetector#HEAD_BYTES} bytes of the content, or all if there are fewer;
     * {@link #stream()} yields them too. Empty after a resumption.
     */
    public byte[] head() {
        return head.clone();
    }

    /** What was undone, outermost first; at most {@link Peeler#MAX_LAYERS}. */
    public List<Compression> layers() {
        return layers;
    }

    /**
     * Where each layer would have to start again to yield the content from {@code position} on; may be asked from
     * any thread, while another one reads.
     *
     * @param position offset in the content, in bytes, at or before what was read
     * @return as many as there are {@link #layers()}, outermost first
     */
    public List<RestartPoint> restartPoints(long position) {
        Deque<RestartPoint> points = new ArrayDeque<>();
        long offset = position;
        for (StageStream stage : stages.reversed()) {
            RestartPoint point = stage.restartBefore(offset);
            points.addFirst(point);
            offset = point.upstream();
        }
        return new ArrayList<>(points);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
