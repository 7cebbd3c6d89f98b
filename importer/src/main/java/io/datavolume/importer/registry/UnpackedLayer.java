package io.datavolume.importer.registry;

import com.github.luben.zstd.ZstdInputStream;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.TransferException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** A layer's tar, decompressed. Whatever a decompressor throws is a violation; errors from below pass. */
final class UnpackedLayer extends InputStream {

    private static final int XZ_MEMORY_KIB = 96 << 10;
    private static final int ZSTD_WINDOW_LOG = 27;

    private final Upstream upstream;
    private final LayerCompression compression;
    private @Nullable InputStream unpacked;

    private UnpackedLayer(Upstream upstream, LayerCompression compression) {
        this.upstream = upstream;
        this.compression = compression;
    }

    /** Looks at the first bytes; the rest is read as it is needed. */
    static UnpackedLayer open(InputStream blob) throws IOException {
        Upstream upstream = new Upstream(new BufferedInputStream(blob, 1 << 16));
        upstream.mark(LayerCompression.MAGIC_LENGTH);
        byte[] start = upstream.readNBytes(LayerCompression.MAGIC_LENGTH);
        upstream.reset();
        return new UnpackedLayer(upstream, LayerCompression.detect(start));
    }

    LayerCompression compression() {
        return compression;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            InputStream open = unpacked == null ? unpacked = decompressor() : unpacked;
            return open.read(buffer, offset, length);
        } catch (TransferException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (e == upstream.failure) {
                throw e;
            }
            throw new ImageRefusedException("layer",
                    ContainerCheck.TAR_FORMAT.violation(-1, String.valueOf(e.getMessage()),
                            "the " + compression.name().toLowerCase(Locale.ROOT) + " stream is damaged"));
        }
    }

    private InputStream decompressor() throws IOException {
        return switch (compression) {
            case NONE -> upstream;
            case GZIP -> new GzipCompressorInputStream(upstream, true);
            case ZSTD -> new ZstdInputStream(upstream).setLongMax(ZSTD_WINDOW_LOG);
            case XZ -> new XZInputStream(upstream, XZ_MEMORY_KIB);
        };
    }

    @Override
    public void close() throws IOException {
        if (unpacked != null) {
            unpacked.close();
        }
        upstream.close();
    }

    /** Remembers the error that came from the blob and not from the decompressor. */
    private static final class Upstream extends FilterInputStream {

        private @Nullable IOException failure;

        Upstream(InputStream blob) {
            super(blob);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
