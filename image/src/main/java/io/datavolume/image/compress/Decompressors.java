package io.datavolume.image.compress;

import java.io.IOException;
import java.io.InputStream;

/** Opens the stage that undoes a compression. */
public final class Decompressors {

    private Decompressors() {}

    /**
     * Opens a stage. All of its input is read before it says that it has ended, so a damaged, truncated or prolonged
     * input is refused in any case ({@link io.datavolume.image.failure.ImageRefusedException} from {@code read});
     * exceptions of the upstream pass as they are. Closing it closes the upstream.
     *
     * @param upstream the compressed bytes, positioned at {@code from.upstream()}
     * @param from {@link RestartPoint#START}, or a point that a stage over the same input gave earlier; the output
     *     begins at {@code from.offset()}
     */
    public static StageStream open(Compression kind, InputStream upstream, RestartPoint from, DecodeLimits limits)
            throws IOException {
        Input input = new Input(upstream, from.upstream());
        return switch (kind) {
            case GZIP -> new GzipStage(input, from);
            case XZ -> new XzStage(input, from, limits);
            case ZSTD -> new ZstdStage(input, from);
            case BZIP2 -> new Bzip2Stage(input, from);
            case TAR -> new TarDiskStream(input, from);
        };
    }

    /**
     * Lets a stage run in a thread of its own, at most 4 MiB ahead of its reader.
     *
     * @param source what the stage reads from in the end; closing it must end a read that waits
     */
    public static StageStream ahead(StageStream stage, InputStream source) {
        return new ReadAhead(stage, stage, source);
    }
}
