package io.datavolume.image.vdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Extent;
import io.datavolume.image.GuestCoverage;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.SampleDisk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VdiLayoutTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"off, 512", "off, 1048576", "off, 5243392", "off, 33554944", "on, 512", "on, 5243392", "on, 8388608"})
    void diskIsTheSameAsQemuReads(String fixed, long size) throws Exception {
        Path image = convert(size, fixed);
        Path expected = folder.resolve("expected.raw");
        LayoutHarness.command("qemu-img", "convert", "-f", "vdi", "-O", "raw", image.toString(), expected.toString());
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness harness = LayoutHarness.run(image, mode, VdiLayout::new);
            assertEquals(size, harness.layout().virtualSize().orElseThrow());
            GuestCoverage.assertComplete(harness.mappings(), size);
            Path raw = folder.resolve(mode + ".raw");
            harness.writeTo(image, raw);
            assertEquals(-1, Files.mismatch(expected, raw));
        }
        GuestCoverage.assertNothingIsSpilled(image, VdiLayout::new);
    }

    @Test
    void fixedImageIsOneRun() throws Exception {
        Path image = convert(8 << 20, "on");
        List<Mapping> mappings = LayoutHarness.run(image, Access.Mode.FORWARD, VdiLayout::new).mappings();
        assertEquals(1, mappings.size(), mappings::toString);
    }

    @Test
    void mapOfMoreThanOnePieceIsOneRun() throws Exception {
        Path image = folder.resolve("huge.vdi");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vdi", image.toString(), "600G");
        List<Mapping> mappings = LayoutHarness.run(image, Access.Mode.FORWARD, VdiLayout::new).mappings();
        assertEquals(List.of(Mapping.empty(0, 600L << 30, Extent.Kind.UNALLOCATED)), mappings);
    }

    @Test
    void discardedBlockIsZero() throws Exception {
        Path image = convert(8 << 20, "off");
        byte[] bytes = Files.readAllBytes(image);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(512 + 4, 0xffff_fffe);
        Files.write(image, bytes);
        Path raw = folder.resolve("zero.raw");
        LayoutHarness harness = LayoutHarness.run(image, Access.Mode.RANDOM, VdiLayout::new);
        assertTrue(harness.mappings().contains(Mapping.empty(1 << 20, 1 << 20, Extent.Kind.ZERO)));
        harness.writeTo(image, raw);
        Path expected = folder.resolve("expected.raw");
        LayoutHarness.command("qemu-img", "convert", "-f", "vdi", "-O", "raw", image.toString(), expected.toString());
        assertEquals(-1, Files.mismatch(expected, raw));
    }

    private Path convert(long size, String fixed) throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), size, size);
        Path image = folder.resolve("disk.vdi");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vdi", "-o", "static=" + fixed,
                raw.toString(), image.toString());
        return image;
    }
}
