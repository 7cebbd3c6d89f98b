package io.datavolume.importer.flow;

import io.datavolume.image.compress.Compression;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.compress.Peeled;
import io.datavolume.image.compress.Peeler;
import io.datavolume.image.compress.RestartPoint;
import io.datavolume.importer.digest.Checksum;
import io.datavolume.importer.digest.DigestStage;
import io.datavolume.importer.source.RestartableSource;
import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The stages between a source and the image in it: a checksum over the source's bytes, then decompression. */
final class SourceChain implements Closeable {

    private final Source source;
    private final LongSupplier reached;
    private final @Nullable DigestStage digest;
    private final Peeled peeled;
    private final long restartedAt;

    private SourceChain(Source source, LongSupplier reached, @Nullable DigestStage digest, Peeled peeled,
            long restartedAt) {
        this.source = source;
        this.reached = reached;
        this.digest = digest;
        this.peeled = peeled;
        this.restartedAt = restartedAt;
    }

    /** Whether a later run may go on behind the beginning. */
    static boolean canRestart(Source source) {
        return source instanceof RestartableSource || source.ranges().isPresent();
    }

    /** @param resumable whether restart points will be asked for */
    static SourceChain start(Source source, Optional<Checksum> checksum, boolean resumable, DecodeLimits limits)
            throws IOException {
        return start(source, source.stream(0), checksum, resumable, limits);
    }

    /** @param stream of the source, from its beginning */
    static SourceChain start(Source source, InputStream stream, Optional<Checksum> checksum, boolean resumable,
            DecodeLimits limits) throws IOException {
        CountedStream bytes = new CountedStream(stream, 0);
        DigestStage digest = checksum.map(c -> DigestStage.start(bytes, c, resumable)).orElse(null);
        return new SourceChain(source, reached(source, bytes), digest,
                Peeler.peel(digest == null ? bytes : digest, limits), 0);
    }

    /**
     * @param points what {@link #restartPoints} gave
     * @param position of the image stream at which the chain shall go on
     * @throws IllegalArgumentException when the points do not fit the chain
     */
    static SourceChain resume(Source source, Optional<Checksum> checksum, List<Compression> layers,
            List<RestartPoint> points, long position, DecodeLimits limits) throws IOException {
        int above = layers.size() + (checksum.isPresent() ? 1 : 0);
        int inside = points.size() - above;
        if (inside < 0 || inside > 0 != source instanceof RestartableSource) {
            throw new IllegalArgumentException("the journal names " + points.size() + " restart points");
        }
        List<RestartPoint> outer = points.subList(inside, points.size());
        long from = outer.isEmpty() ? position : outer.getFirst().upstream();
        CountedStream bytes = open(source, points.subList(0, inside), from);
        LongSupplier reached = reached(source, bytes);
        long restartedAt = points.isEmpty() ? position : points.getFirst().upstream();
        if (checksum.isEmpty()) {
            return new SourceChain(source, reached, null,
                    Peeler.resume(layers, outer, upstream -> bytes, position, limits), restartedAt);
        }
        RestartPoint hashed = outer.getFirst();
        DigestStage digest = DigestStage.resume(bytes, checksum.get(), hashed);
        Peeled peeled = Peeler.resume(layers, outer.subList(1, outer.size()), upstream -> {
            digest.skipNBytes(upstream - hashed.offset());
            return digest;
        }, position, limits);
        return new SourceChain(source, reached, digest, peeled, restartedAt);
    }

    private static CountedStream open(Source source, List<RestartPoint> inside, long from) throws IOException {
        if (!(source instanceof RestartableSource restartable)) {
            return new CountedStream(source.stream(from), from);
        }
        long before = from - inside.getLast().offset();
        if (before < 0) {
            throw new IllegalArgumentException("a restart point lies " + -before + " bytes behind its target");
        }
        InputStream bytes = restartable.restart(inside);
        bytes.skipNBytes(before);
        return new CountedStream(bytes, from);
    }

    private static LongSupplier reached(Source source, CountedStream bytes) {
        return source instanceof RestartableSource restartable ? restartable::reached : bytes::position;
    }

    InputStream stream() {
        return peeled.stream();
    }

    List<Compression> layers() {
        return peeled.layers();
    }

    /** Source offset at which this run began to read. */
    long restartedAt() {
        return restartedAt;
    }

    /** Source offset up to which was read, what is decompressed ahead included. */
    long reached() {
        return reached.getAsLong();
    }

    /** Where each stage can start again to reach a position of the image stream, source side first. */
    List<RestartPoint> restartPoints(long position) {
        List<RestartPoint> points = new ArrayList<>(peeled.restartPoints(position));
        if (digest != null) {
            points.addFirst(digest.restartBefore(sourceOffset(points, position)));
        }
        if (source instanceof RestartableSource restartable) {
            points.addAll(0, restartable.restartBefore(sourceOffset(points, position)));
        }
        return points;
    }

    private static long sourceOffset(List<RestartPoint> points, long position) {
        return points.isEmpty() ? position : points.getFirst().upstream();
    }

    /** Reads what no decoder asked for, and compares the checksum, if there is one. */
    void verify() throws IOException {
        if (digest != null) {
            digest.verify();
        }
    }

    @Override
    public void close() throws IOException {
        peeled.stream().close();
    }
}
