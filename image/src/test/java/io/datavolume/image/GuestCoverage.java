package io.datavolume.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** What every layout must keep, besides giving the right bytes. */
public final class GuestCoverage {

    private GuestCoverage() {}

    /** Each guest byte is covered exactly once. */
    public static void assertComplete(List<Mapping> mappings, long size) {
        List<Extent> extents = mappings.stream().map(Mapping::extent)
                .sorted(Comparator.comparingLong(Extent::start)).toList();
        long position = 0;
        for (Extent extent : extents) {
            assertEquals(position, extent.start(), "gap or overlap");
            position = extent.end();
        }
        assertEquals(size, position);
    }

    /**
     * Feeds a file in forward mode, without anything to keep passed bytes in: every wanted range and every mapping
     * must lie ahead.
     */
    public static List<Mapping> assertNothingIsSpilled(Path file, Function<Access, DiskLayout> opener)
            throws IOException {
        List<Mapping> mappings = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            DiskLayout layout = opener
                    .apply(new Access(Access.Mode.FORWARD, OptionalLong.empty(), Long.MAX_VALUE));
            long position = 0;
            while (!layout.wanted().isEmpty()) {
                ByteRange next = layout.wanted().getFirst();
                assertTrue(next.start() >= position, "wanted again: " + next + " at " + position);
                ByteBuffer bytes = ByteBuffer.allocate((int) next.length());
                channel.read(bytes, next.start());
                position = next.end();
                long passed = position;
                layout.feed(next, bytes.flip(), mapping -> {
                    assertTrue(!mapping.extent().isData() || mapping.fileOffset() >= passed, "passed: " + mapping);
                    mappings.add(mapping);
                });
            }
            layout.end(channel.size(), mappings::add);
        }
        return mappings;
    }
}
