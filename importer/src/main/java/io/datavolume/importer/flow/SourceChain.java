package io.datavolume.importer.flow;

import io.datavolume.image.compress.Compression;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.compress.Peeled;
import io.datavolume.image.compress.Peeler;
import io.datavolume.image.compress.RestartPoint;
import io.datavolume.importer.digest.Checksum;
import io.datavolume.importer.digest.DigestStage;
import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stages between a source and the image in it: a checksum over the source's bytes, then decompression. */
final class SourceChain implements Closeable {

    private final @Nullable DigestStage digest;
    private final Peeled peeled;
    private final long restartedAt;

    private SourceChain(@Nullable DigestStage digest, Peeled peeled, long restartedAt) {
        this.digest = digest;
        this.peeled = peeled;
        this.restartedAt = restartedAt;
    }

    /** @param resumable whether restart points will be asked for */
    static SourceChain start(Source source, Optional<Checksum> checksum, boolean resumable, DecodeLimits limits)
            throws IOException {
        InputStream bytes = source.stream(0);
        DigestStage digest = checksum.map(c -> DigestStage.start(bytes, c, resumable)).orElse(null);
        return new SourceChain(digest, Peeler.peel(digest == null ? bytes : digest, limits), 0);
    }

    /**
     * @param points what {@link #restartPoints} gave
     * @param position of the image stream at which the chain shall go on
     * @throws IllegalArgumentException when the points do not fit the chain
     */
    static SourceChain resume(Source source, Optional<Checksum> checksum, List<Compression> layers,
            List<RestartPoint> points, long position, DecodeLimits limits) throws IOException {
        if (points.size() != layers.size() + (checksum.isPresent() ? 1 : 0)) {
            throw new IllegalArgumentException("the journal names " + points.size() + " restart points");
        }
        if (checksum.isEmpty()) {
            long from = points.isEmpty() ? position : points.getFirst().upstream();
            return new SourceChain(null, Peeler.resume(layers, points, source::stream, position, limits), from);
        }
        RestartPoint hashed = points.getFirst();
        DigestStage digest = DigestStage.resume(source.stream(hashed.upstream()), checksum.get(), hashed);
        Peeled peeled = Peeler.resume(layers, points.subList(1, points.size()), upstream -> {
            digest.skipNBytes(upstream - hashed.offset());
            return digest;
        }, position, limits);
        return new SourceChain(digest, peeled, hashed.upstream());
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

    /** Where each stage can start again to reach a position of the image stream, source side first. */
    List<RestartPoint> restartPoints(long position) {
        List<RestartPoint> points = new ArrayList<>(peeled.restartPoints(position));
        if (digest != null) {
            points.addFirst(digest.restartBefore(points.isEmpty() ? position : points.getFirst().upstream()));
        }
        return points;
    }

    /** Offset in the source that the restart points lead to. */
    static long sourceOffset(List<RestartPoint> points, long position) {
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
