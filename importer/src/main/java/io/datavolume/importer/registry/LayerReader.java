package io.datavolume.importer.registry;

import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** One layer from its first byte to its last: verified, decompressed, entry by entry. */
final class LayerReader implements Closeable {

    private final Source blob;
    private final VerifiedBlobStream verified;
    private final UnpackedLayer unpacked;
    private final TarWalk walk;

    private LayerReader(Source blob, VerifiedBlobStream verified, UnpackedLayer unpacked, TarLimits limits) {
        this.blob = blob;
        this.verified = verified;
        this.unpacked = unpacked;
        this.walk = new TarWalk(unpacked, limits);
    }

    static LayerReader open(Source blob, Descriptor layer, TarLimits limits) throws IOException {
        VerifiedBlobStream verified = new VerifiedBlobStream(blob.stream(0), layer);
        try {
            return new LayerReader(blob, verified, UnpackedLayer.open(verified), limits);
        } catch (IOException e) {
            verified.close();
            throw e;
        }
    }

    Optional<TarEntry> next() throws IOException {
        return walk.next();
    }

    InputStream content() {
        return walk.content();
    }

    Source blob() {
        return blob;
    }

    boolean compressed() {
        return unpacked.compression() != LayerCompression.NONE;
    }

    /** After the last entry: reads what is left, so that the digest of all bytes is known and right. */
    void verifyEnd() throws IOException {
        walk.drain();
        verified.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
        try (verified) {
            unpacked.close();
        }
    }
}
