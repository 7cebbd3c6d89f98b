package io.datavolume.image.qcow2;

import static io.datavolume.image.LayoutHarness.command;
import static io.datavolume.image.qcow2.Qcow2Files.create;
import static io.datavolume.image.qcow2.Qcow2Files.io;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forward driver may drop: it asks for each block that passes unmapped. */
class Qcow2ForwardTest {

    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private final List<Mapping> mappings = new ArrayList<>();
    private long kept;
    private long keptAtTheEnd;

    @ParameterizedTest
    @ValueSource(strings = {"cluster_size=512", "cluster_size=4k", "cluster_size=64k", "extended_l2=on",
        "cluster_size=2M", "preallocation=metadata"})
    void nothingThatIsDroppedIsAskedForLater(String options) throws Exception {
        Path image = create(folder, options, "5M");
        String compress = options.startsWith("preallocation") ? "" : "-c ";
        io(image, "write -P 1 0 2M", "write " + compress + "-P 3 2M 2M", "write -P 2 4M 100k");
        command("qemu-img", "snapshot", "-c", "one", image.toString());
        io(image, "write -P 3 1M 600k");
        command("qemu-img", "resize", "-q", "-f", "qcow2", image.toString(), "3000M");
        io(image, "write -P 4 2900M 200k");

        Qcow2Files.assertCoversDiskOnce(pass(image), mappings);
    }

    @Test
    void streamInWritingOrderKeepsOnlyMetadataAndItsLastCluster() throws Exception {
        Path image = folder.resolve("converted.qcow2");
        command("qemu-img", "convert", "-f", "raw", "-O", "qcow2", "-o", "cluster_size=64k",
                Qcow2Files.raw(folder, 12 << 20).toString(), image.toString());

        DiskLayout layout = pass(image);

        Qcow2Files.assertCoversDiskOnce(layout, mappings);
        assertTrue(keptAtTheEnd <= 64 << 10, "kept after the last table: " + keptAtTheEnd);
        assertTrue(kept <= 256 << 10, "kept: " + kept);
        assertFalse(layout.mayNeedLater(new ByteRange(0, image.toFile().length())));
    }

    @Test
    void nothingIsHeldBackWhenTheLengthIsKnown() throws Exception {
        Path image = create(folder, "cluster_size=64k", "5M");
        io(image, "write -P 1 0 2M");
        Qcow2Files.truncate(image, image.toFile().length() - 1000);

        DiskLayout layout = pass(image, OptionalLong.of(image.toFile().length()));

        Qcow2Files.assertCoversDiskOnce(layout, mappings);
        assertEquals(0, keptAtTheEnd);
        assertTrue(mappings.contains(Mapping.empty((2 << 20) - 1000, 1000, Extent.Kind.ZERO)), mappings.toString());
    }

    private DiskLayout pass(Path image) throws Exception {
        return pass(image, OptionalLong.empty());
    }

    private DiskLayout pass(Path image, OptionalLong known) throws Exception {
        DiskLayout layout = new Qcow2Layout(new Access(Access.Mode.FORWARD, known, Long.MAX_VALUE));
        List<ByteRange> dropped = new ArrayList<>();
        try (FileChannel in = FileChannel.open(image)) {
            long length = in.size();
            for (long at = 0; at < length; at += BLOCK) {
                ByteRange block = new ByteRange(at, Math.min(BLOCK, length - at));
                feedWhatPassed(layout, in, block.end(), dropped);
                if (mappings.stream().noneMatch(m -> m.extent().isData() && touches(m, block))) {
                    if (layout.mayNeedLater(block)) {
                        kept += block.length();
                        keptAtTheEnd += layout.wanted().isEmpty() ? block.length() : 0;
                    } else {
                        dropped.add(block);
                    }
                }
            }
            feedWhatPassed(layout, in, Long.MAX_VALUE, dropped);
            layout.end(length, mappings::add);
        }
        for (ByteRange block : dropped) {
            assertEquals(List.of(), mappings.stream().filter(m -> m.extent().isData() && touches(m, block)).toList(),
                    "dropped and mapped later: " + block);
        }
        return layout;
    }

    private static boolean touches(Mapping mapping, ByteRange block) {
        return Metadata.overlap(Qcow2Files.fileRange(mapping), block);
    }

    private void feedWhatPassed(DiskLayout layout, FileChannel in, long position, List<ByteRange> dropped)
            throws Exception {
        for (boolean more = true; more;) {
            more = false;
            for (ByteRange range : layout.wanted()) {
                if (range.end() <= position) {
                    assertTrue(dropped.stream().noneMatch(d -> Metadata.overlap(d, range)), "dropped " + range);
                    ByteBuffer bytes = ByteBuffer
                            .allocate((int) Math.min(range.length(), Math.max(0, in.size() - range.start())));
                    in.read(bytes, range.start());
                    layout.feed(range, bytes.flip(), mappings::add);
                    more = true;
                }
            }
        }
    }
}
