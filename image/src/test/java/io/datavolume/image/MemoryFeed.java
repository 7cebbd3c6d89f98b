package io.datavolume.image;

import io.datavolume.image.failure.TransferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Function;

/** Feeds bytes to a layout as the drivers do, for fuzz tests: all that may happen is a refusal. */
public final class MemoryFeed {

    private static final int MAX_ROUNDS = 100_000;

    private MemoryFeed() {}

    /** Reads the image in both modes. */
    public static void readOrRefuse(byte[] image, Function<Access, DiskLayout> opener) {
        for (Access.Mode mode : Access.Mode.values()) {
            try {
                read(image, mode, opener);
            } catch (TransferException e) {
                // A refusal is what a layout is for.
            } catch (IOException e) {
                throw new AssertionError("a layout does no I/O", e);
            }
        }
    }

    private static void read(byte[] image, Access.Mode mode, Function<Access, DiskLayout> opener) throws IOException {
        OptionalLong length = mode == Access.Mode.RANDOM ? OptionalLong.of(image.length) : OptionalLong.empty();
        DiskLayout layout = opener.apply(new Access(mode, length, Long.MAX_VALUE));
        MappingSink sink = mapping -> {
            long size = layout.virtualSize().orElseThrow();
            if (mapping.extent().end() > size) {
                throw new AssertionError("behind the end of the disk: " + mapping);
            }
        };
        for (int round = 0; !layout.wanted().isEmpty(); round++) {
            if (round > MAX_ROUNDS) {
                throw new AssertionError("too many rounds");
            }
            ByteRange range = layout.wanted().getFirst();
            int from = (int) Math.min(image.length, range.start());
            int to = (int) Math.min(image.length, range.end());
            layout.feed(range, ByteBuffer.wrap(image, from, to - from), sink);
        }
        layout.end(image.length, sink);
    }
}
