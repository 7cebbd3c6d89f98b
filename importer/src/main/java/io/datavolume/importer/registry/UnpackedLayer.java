package io.datavolume.importer.registry;

import io.datavolume.image.compress.Compression;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.compress.Decompressors;
import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.compress.StageStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A layer's tar, decompressed. */
final class UnpackedLayer extends StageStream {

    private static final DecodeLimits LIMITS = new DecodeLimits(64L << 20, 1);

    private final LayerCompression compression;
    private final InputStream blob;
    private StageStream unpacked;
    private boolean ahead;

    private UnpackedLayer(LayerCompression compression, InputStream blob, StageStream unpacked) {
        this.blob = blob;
        this.compression = compression;
        this.unpacked = unpacked;
    }

    /** Looks at the first bytes; the rest is read as it is needed. */
    static UnpackedLayer open(InputStream blob) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(blob, LayerCompression.MAGIC_LENGTH);
        byte[] start = bytes.readNBytes(LayerCompression.MAGIC_LENGTH);
        bytes.unread(start);
        return resume(LayerCompression.detect(start), bytes, RestartPoint.START);
    }

    /** @param blob the stored bytes from the point's {@link RestartPoint#upstream()} on */
    static UnpackedLayer resume(LayerCompression compression, InputStream blob, RestartPoint from) throws IOException {
        StageStream stage = switch (compression) {
            case NONE -> new Stored(blob);
            case GZIP -> Decompressors.open(Compression.GZIP, blob, from, LIMITS);
            case ZSTD -> Decompressors.open(Compression.ZSTD, blob, from, LIMITS);
            case XZ -> Decompressors.open(Compression.XZ, blob, from, LIMITS);
        };
        return new UnpackedLayer(compression, blob, stage);
    }

    /** From now on fetching, hashing and decompressing run in a thread of their own, ahead of the reader. */
    void runAhead() {
        if (!ahead) {
            unpacked = Decompressors.ahead(unpacked, blob);
            ahead = true;
        }
    }

    LayerCompression compression() {
        return compression;
    }

    @Override
    public RestartPoint restartBefore(long offset) {
        return unpacked.restartBefore(offset);
    }

    @Override
    public int read() throws IOException {
        return unpacked.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return unpacked.read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }

    /** A layer that is not compressed. */
    private static final class Stored extends StageStream {

        private final InputStream blob;

        Stored(InputStream blob) {
            this.blob = blob;
        }

        @Override
        public RestartPoint restartBefore(long offset) {
            return new RestartPoint(offset, offset, new byte[0]);
        }

        @Override
        public int read() throws IOException {
            return blob.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return blob.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            blob.close();
        }
    }
}
