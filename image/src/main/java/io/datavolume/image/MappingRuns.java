package io.datavolume.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Joins mappings that follow one another in the guest and, where they name plain data, in the file, before they
 * reach the sink. One mapping is held back until {@link #flush}. Not thread-safe.
 */
public final class MappingRuns {

    private @Nullable Mapping held;

    /** Takes the next mapping; gives the held one to the sink where the two do not join. */
    public void add(Mapping next, MappingSink sink) throws IOException {
        Mapping last = held;
        if (last == null) {
            held = next;
        } else if (joins(last, next)) {
            held = join(last, next);
        } else {
            held = next;
            sink.map(last);
        }
    }

    /** Gives the held mapping to the sink. */
    public void flush(MappingSink sink) throws IOException {
        Mapping last = held;
        held = null;
        if (last != null) {
            sink.map(last);
        }
    }

    private static boolean joins(Mapping last, Mapping next) {
        boolean neighbours = last.extent().kind() == next.extent().kind()
                && last.extent().end() == next.extent().start();
        boolean plain = last.encoding() == Encoding.PLAIN && next.encoding() == Encoding.PLAIN;
        return neighbours && plain
                && (!next.extent().isData() || last.fileOffset() + last.fileLength() == next.fileOffset());
    }

    private static Mapping join(Mapping last, Mapping next) {
        long start = last.extent().start();
        long length = last.extent().length() + next.extent().length();
        return next.extent().isData()
                ? Mapping.plain(start, last.fileOffset(), length)
                : Mapping.empty(start, length, next.extent().kind());
    }
}
