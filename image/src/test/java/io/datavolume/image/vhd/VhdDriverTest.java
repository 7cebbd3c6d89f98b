package io.datavolume.image.vhd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.image.Access;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.SampleDisk;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.decode.ForwardDriver;
import io.datavolume.image.decode.ForwardJournal;
import io.datavolume.image.decode.Spill;
import io.datavolume.image.raw.RawLayout;
import io.datavolume.image.vhdx.VhdxLayout;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver that streams an image, with no more room for passed bytes than tables need. */
class VhdDriverTest {

    private static final long SIZE = (24 << 20) + 512;
    private static final int ROOM = 4 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"vpc, force_size=on, false", "vpc, force_size=on, true", "vhdx, block_size=1M, false"})
    void streamYieldsTheDisk(String format, String options, boolean lengthIsKnown) throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 5);
        Path image = folder.resolve("image");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", format, "-o", options, raw.toString(),
                image.toString());
        Access access = new Access(Access.Mode.FORWARD,
                lengthIsKnown ? OptionalLong.of(Files.size(image)) : OptionalLong.empty(), Long.MAX_VALUE);
        DiskLayout layout = format.equals("vpc") ? new VhdLayout(access) : new VhdxLayout(access);
        Path target = folder.resolve("target.raw");
        try (Spill spill = new Spill(ROOM, List.of());
                InputStream in = Files.newInputStream(image);
                Volume volume = Volumes.open(target, VolumeOptions.DEFAULT)) {
            long size = new ForwardDriver(layout, volume, spill, ForwardJournal.NONE, new Counters(),
                    new ForwardDriver.Settings(2, 3, folder, false, null)).run(in, 0);
            assertEquals(SIZE, size);
            volume.complete(size);
        }
        assertEquals(-1, Files.mismatch(raw, target));
    }

    /** The footer comes in a buffer of its own, wholly behind the target's end. */
    @Test
    void fixedVhdFillsATargetOfItsDisksSize() throws Exception {
        long size = 24 << 20;
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), size, 6);
        Path image = folder.resolve("image");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vpc", "-o", "subformat=fixed,force_size=on",
                raw.toString(), image.toString());
        Path target = folder.resolve("target.raw");
        DiskLayout layout = new RawLayout(new Access(Access.Mode.FORWARD, OptionalLong.empty(), size), Format.RAW);
        try (Spill spill = new Spill(ROOM, List.of());
                InputStream in = Files.newInputStream(image);
                Volume volume = Volumes.open(target, VolumeOptions.DEFAULT.withCapacity(size))) {
            volume.complete(new ForwardDriver(layout, volume, spill, ForwardJournal.NONE, new Counters(),
                    new ForwardDriver.Settings(2, 3, folder, false,
                            (last, before) -> VhdFooter.fixedDiskSize(last).equals(OptionalLong.of(before))))
                    .run(in, 0));
        }
        assertEquals(-1, Files.mismatch(raw, target));
    }
}
