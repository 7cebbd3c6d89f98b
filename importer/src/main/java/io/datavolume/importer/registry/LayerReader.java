package io.datavolume.importer.registry;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** One layer from its first byte to its last: verified, decompressed, entry by entry. */
final class LayerReader implements Closeable {

    /** A compressed layer that can be entered nowhere in its beginning is taken for one that can be nowhere. */
    private static final long TRIAL = 16L << 20;

    private final Source blob;
    private final Descriptor layer;
    private final TarWalk walk;
    private VerifiedBlobStream verified;
    private UnpackedLayer unpacked;
    private boolean settled;

    private LayerReader(Source blob, Descriptor layer, VerifiedBlobStream verified, UnpackedLayer unpacked,
            TarLimits limits) {
        this.blob = blob;
        this.layer = layer;
        this.verified = verified;
        this.unpacked = unpacked;
        this.walk = new TarWalk(unpacked, limits);
    }

    /** @param restartable whether {@link #restartBefore} will be asked */
    static LayerReader open(Source blob, Descriptor layer, TarLimits limits, boolean restartable) throws IOException {
        VerifiedBlobStream verified = VerifiedBlobStream.start(blob.stream(0), layer, restartable);
        try {
            return new LayerReader(blob, layer, verified, UnpackedLayer.open(verified), limits);
        } catch (IOException e) {
            verified.close();
            throw e;
        }
    }

    Optional<TarEntry> next() throws IOException {
        return walk.next();
    }

    InputStream content() {
        return new InputStream() {
            private final InputStream entry = walk.content();

            @Override
            public int read() throws IOException {
                return entry.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                unpacked.runAhead();
                settle();
                return entry.read(buffer, offset, length);
            }
        };
    }

    /** Ends the search for restart points where there are none, or where they are sure. */
    private void settle() {
        if (!settled) {
            boolean found = unpacked.restartBefore(Long.MAX_VALUE).offset() > 0;
            if (found || verified.position() > TRIAL) {
                verified.settle(found);
                settled = true;
            }
        }
    }

    /**
     * Where digest and decompressor would have to start again.
     *
     * @param offset in the unpacked layer
     */
    List<RestartPoint> restartBefore(long offset) {
        RestartPoint unpack = unpacked.restartBefore(offset);
        return List.of(verified.restartBefore(unpack.upstream()), unpack);
    }

    /** How much of the blob was read. */
    long reached() {
        return verified.position();
    }

    /**
     * Goes on behind the beginning, while an entry's content is about to be read.
     *
     * @param points as {@link #restartBefore} gave them
     * @param offset in the unpacked layer of the next byte, in the same entry
     * @throws IllegalArgumentException if they cannot be points of this layer
     */
    void restart(List<RestartPoint> points, long offset) throws IOException {
        RestartPoint digest = points.getFirst();
        RestartPoint unpack = points.getLast();
        if (points.size() != 2 || digest.offset() < 0 || digest.offset() > unpack.upstream()
                || unpack.upstream() > layer.size() || unpack.offset() < 0 || unpack.offset() > offset) {
            throw new IllegalArgumentException("the journal names places that the layer does not have");
        }
        LayerCompression compression = unpacked.compression();
        unpacked.close();
        verified = VerifiedBlobStream.resume(blob.stream(digest.offset()), layer, digest);
        verified.skipNBytes(unpack.upstream() - digest.offset());
        unpacked = UnpackedLayer.resume(compression, verified, unpack);
        unpacked.skipNBytes(offset - unpack.offset());
        walk.goOn(unpacked, offset);
        settled = false;
    }

    /** After the last entry: reads what is left, so that the digest of all bytes is known and right. */
    void verifyEnd() throws IOException {
        walk.drain();
        verifyBytes();
    }

    /** Reads what is left of the blob as it is stored. */
    void verifyBytes() throws IOException {
        verified.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
        try (VerifiedBlobStream blobStream = verified) {
            unpacked.close();
        }
    }
}
