package io.datavolume.image.vmdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.SampleDisk;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.decode.ForwardDriver;
import io.datavolume.image.decode.ForwardJournal;
import io.datavolume.image.decode.Spill;
import io.datavolume.image.volume.Volume;
import io.datavolume.image.volume.VolumeOptions;
import io.datavolume.image.volume.Volumes;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pass of the forward driver with room for tables only. */
class VmdkForwardPassTest {

    private static final long SIZE = 33 << 20;
    private static final long SPILL = 64 << 10;

    @TempDir
    private Path folder;

    @Test
    void streamWithFooterNeedsNoSpill() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 3);
        assertPasses(Files.write(folder.resolve("disk.vmdk"), StreamWriter.disk(Files.readAllBytes(raw))), raw);
    }

    @Test
    void sparseAndStreamOptimizedImagesOfQemuNeedRoomForTablesOnly() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 4);
        for (String format : List.of("monolithicSparse", "streamOptimized")) {
            Path image = folder.resolve(format + ".vmdk");
            LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=" + format,
                    raw.toString(), image.toString());
            assertPasses(image, raw);
        }
    }

    private void assertPasses(Path image, Path expected) throws Exception {
        Path target = folder.resolve("target.raw");
        Files.deleteIfExists(target);
        VmdkLayout layout = new VmdkLayout(
                new Access(Access.Mode.FORWARD, OptionalLong.empty(), Long.MAX_VALUE));
        try (InputStream in = Files.newInputStream(image);
                Volume volume = Volumes.open(target, VolumeOptions.DEFAULT);
                Spill spill = new Spill(SPILL, List.of())) {
            long size = new ForwardDriver(layout, volume, spill, ForwardJournal.NONE, new Counters(),
                    new ForwardDriver.Settings(2, 3, null, false, null)).run(in, 0);
            volume.complete(size);
        }
        assertEquals(-1, Files.mismatch(expected, target));
    }
}
