package io.datavolume.importer.flow;

import io.datavolume.image.Access;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.compress.CompressionDetector;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.detect.FormatDetector;
import io.datavolume.image.detect.Layouts;
import io.datavolume.importer.digest.Checksum;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Moves the image of one source into a target, in the way that fits: by ranges where that spares work. */
final class ImageTransfer {

    private final OpenTarget target;
    private final Counters counters;
    private final Optional<Format> declared;
    private final Optional<Checksum> checksum;
    private final DecodeLimits limits;

    ImageTransfer(OpenTarget target, Counters counters, Optional<Format> declared, Optional<Checksum> checksum,
            DecodeLimits limits) {
        this.target = target;
        this.counters = counters;
        this.declared = declared;
        this.checksum = checksum;
        this.limits = limits;
    }

    /** @param parallelism for reading by ranges */
    Moved run(Source source, Parallelism parallelism) throws IOException {
        Optional<RangeReader> ranges = source.ranges();
        // A checksum covers all bytes in their order, so nothing can be left out.
        if (ranges.isPresent() && checksum.isEmpty() && ranges.get().length() > 0) {
            RangeReader reader = ranges.get();
            ByteBuffer head = head(reader);
            if (CompressionDetector.detect(head.duplicate()).isEmpty()) {
                Format format = FormatDetector.detect(head, tail(reader), OptionalLong.of(reader.length()), declared);
                DiskLayout layout = Layouts.open(format, new Access(Access.Mode.RANDOM,
                        OptionalLong.of(reader.length()), target.volume().capacity()));
                long size = new RangeTransfer(target, counters).run(reader, layout,
                        parallelism.forLength(reader.length()));
                return new Moved(format, List.of(), size, 0);
            }
        }
        return new StreamTransfer(target, counters, declared, checksum, limits).run(source);
    }

    static ByteBuffer head(RangeReader reader) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(reader.length(), FormatDetector.HEAD_BYTES));
        reader.readFully(0, head);
        return head.flip();
    }

    static Optional<ByteBuffer> tail(RangeReader reader) throws IOException {
        if (reader.length() < FormatDetector.TAIL_BYTES) {
            return Optional.empty();
        }
        ByteBuffer tail = ByteBuffer.allocate(FormatDetector.TAIL_BYTES);
        reader.readFully(reader.length() - FormatDetector.TAIL_BYTES, tail);
        return Optional.of(tail.flip());
    }
}
