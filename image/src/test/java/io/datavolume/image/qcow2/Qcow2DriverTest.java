package io.datavolume.image.qcow2;

import static io.datavolume.image.qcow2.Qcow2Files.create;
import static io.datavolume.image.qcow2.Qcow2Files.io;
import static io.datavolume.image.qcow2.Qcow2Files.l2Table;
import static io.datavolume.image.qcow2.Qcow2Files.patchLong;
import static io.datavolume.image.qcow2.Qcow2Files.readLong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.Access;
import io.datavolume.image.Violation;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.decode.ForwardDriver;
import io.datavolume.image.decode.ForwardJournal;
import io.datavolume.image.decode.Spill;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.volume.Volume;
import io.datavolume.image.volume.VolumeOptions;
import io.datavolume.image.volume.Volumes;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver of streams refuses, though the tables are right in themselves. */
class Qcow2DriverTest {

    private static final int ROOM = 4 << 20;

    @TempDir
    Path folder;

    private Violation refused(InputStream image, boolean compressed) throws IOException {
        Path target = folder.resolve("target.raw");
        try (Spill spill = new Spill(ROOM, List.of());
                InputStream in = image;
                Volume volume = Volumes.open(target, VolumeOptions.DEFAULT)) {
            ForwardDriver driver = new ForwardDriver(
                    new Qcow2Layout(new Access(Access.Mode.FORWARD, OptionalLong.empty(), Long.MAX_VALUE)), volume,
                    spill,
                    ForwardJournal.NONE, new Counters(), new ForwardDriver.Settings(2, 3, folder, compressed, null));
            return assertThrows(ImageRefusedException.class, () -> driver.run(in, 0)).violations().getFirst();
        }
    }

    @Test
    void dataUsedTwiceIsReadByRangesAndRefusedInAStream() throws Exception {
        Path image = create(folder, "cluster_size=4k", "4M");
        // The first data has left the buffer when the second table passes.
        io(image, "write -P 1 0 2M", "write -P 2 2M 4k");
        long data = readLong(image, l2Table(image, 0));
        patchLong(image, l2Table(image, 1), data);
        Qcow2Files.assertReadsAsQemuReads(image);

        Violation violation = refused(Files.newInputStream(image), false);
        assertEquals("shared-cluster", violation.check());
        assertEquals(data & 0x00ff_ffff_ffff_fe00L, violation.offset());
    }

    /** Bytes that a compression makes of almost none; there is no end to them. */
    @Test
    void bombBehindAnImageIsRefused() throws Exception {
        Path image = create(folder, "cluster_size=64k", "1M");
        io(image, "write -P 1 0 64k");
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return Objects.checkFromIndexSize(offset, length, into.length) + length - offset;
            }
        };
        assertEquals("ratio", refused(new SequenceInputStream(Files.newInputStream(image), endless), true).check());
    }
}
