package io.datavolume.image.compress;

import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Undoes the compressions around an image, layer by layer, as their content tells. */
public final class Peeler {

    /** Archives of compressed files, or compressed archives, are common; more is a decompression bomb. */
    public static final int MAX_LAYERS = 2;

    private Peeler() {}

    /**
     * Undoes all layers of a source.
     *
     * @param source positioned at its beginning; closed with the result, and on failure
     * @throws ImageRefusedException if there are more than {@link #MAX_LAYERS} layers, or one is not supported
     */
    public static Peeled peel(InputStream source, DecodeLimits limits) throws IOException {
        List<Compression> layers = new ArrayList<>();
        List<StageStream> stages = new ArrayList<>();
        InputStream opened = source;
        try {
            HeadStream stream = new HeadStream(source, CompressionDetector.HEAD_BYTES);
            Optional<Compression> kind = CompressionDetector.detect(ByteBuffer.wrap(stream.head()));
            while (kind.isPresent()) {
                if (layers.size() == MAX_LAYERS) {
                    throw new ImageRefusedException("file", new Violation("nesting", 0, layers + " " + kind.get(),
                            "more than " + MAX_LAYERS + " compressions are around the image; undo the outer ones"));
                }
                StageStream stage = Decompressors.open(kind.get(), stream, RestartPoint.START, limits);
                opened = stage;
                layers.add(kind.get());
                stages.add(stage);
                stream = new HeadStream(stage, CompressionDetector.HEAD_BYTES);
                kind = CompressionDetector.detect(ByteBuffer.wrap(stream.head()));
            }
            InputStream content = stages.isEmpty() ? stream : new ReadAhead(stages.getLast(), stream, source);
            return new Peeled(content, stream.head(), layers, stages);
        } catch (IOException | RuntimeException e) {
            close(opened, e);
            throw e;
        }
    }

    /**
     * Goes on after a crash.
     *
     * @param layers as {@link Peeled#layers()} said
     * @param points as {@link Peeled#restartPoints} said for {@code position} or a position before
     * @param opener opens the source at an offset
     * @param position offset in the content of the first byte of the result, in bytes
     */
    public static Peeled resume(List<Compression> layers, List<RestartPoint> points, SourceOpener opener,
            long position, DecodeLimits limits) throws IOException {
        if (layers.size() != points.size() || layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException(layers.size() + " layers, " + points.size() + " restart points");
        }
        InputStream source = opener.open(layers.isEmpty() ? position : points.getFirst().upstream());
        InputStream stream = source;
        List<StageStream> stages = new ArrayList<>();
        try {
            for (int i = 0; i < layers.size(); i++) {
                StageStream stage = Decompressors.open(layers.get(i), stream, points.get(i), limits);
                stages.add(stage);
                stream = stage;
                long target = i + 1 < layers.size() ? points.get(i + 1).upstream() : position;
                discard(stage, target - points.get(i).offset());
            }
            InputStream content = stages.isEmpty() ? stream : new ReadAhead(stages.getLast(), stream, source);
            return new Peeled(content, new byte[0], layers, stages);
        } catch (IOException | RuntimeException e) {
            close(stream, e);
            throw e;
        }
    }

    private static void discard(InputStream stream, long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("A restart point lies " + -count + " bytes behind its target");
        }
        byte[] waste = new byte[64 * 1024];
        long left = count;
        while (left > 0) {
            int got = stream.read(waste, 0, (int) Math.min(waste.length, left));
            if (got < 0) {
                throw new NeedsUserException(NeedsUserException.Reason.SOURCE_CHANGED,
                        "Resuming: the decompressed source ends " + left
                                + " bytes before the place that was reached; start over");
            }
            left -= got;
        }
    }

    private static void close(InputStream stream, Exception cause) {
        try {
            stream.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
