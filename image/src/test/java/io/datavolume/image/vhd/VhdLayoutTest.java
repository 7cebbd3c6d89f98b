package io.datavolume.image.vhd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Extent;
import io.datavolume.image.GuestCoverage;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.SampleDisk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VhdLayoutTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"on, 512", "off, 512", "on, 2097152", "off, 2097152", "on, 5243392", "off, 5243392", "on, 33554944",
        "off, 33554944"})
    void dynamicDiskIsTheSameAsQemuReads(String forceSize, long size) throws Exception {
        Path image = convert(size, "subformat=dynamic,force_size=" + forceSize);
        for (Access.Mode mode : Access.Mode.values()) {
            assertSameAsQemu(image, mode);
        }
        GuestCoverage.assertNothingIsSpilled(image, VhdLayout::new);
    }

    @ParameterizedTest
    @CsvSource({"on, 512", "off, 512", "on, 5243392", "off, 5243392", "on, 8388608"})
    void fixedDiskIsTheSameAsQemuReads(String forceSize, long size) throws Exception {
        Path image = convert(size, "subformat=fixed,force_size=" + forceSize);
        List<Mapping> mappings = assertSameAsQemu(image, Access.Mode.RANDOM);
        assertEquals(1, mappings.size(), mappings::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"win ", "qem2", "d2v ", "tap\0", "CTXS", "vpc ", "qemu", "vs  ", "\0\0\0\0"})
    void creatorDecidesTheSizeAsInQemu(String creator) throws Exception {
        Path image = convert(5243392, "subformat=dynamic,force_size=on");
        VhdBytes bytes = VhdBytes.of(image);
        bytes.footers((b, at) -> b.put(at + 28, creator.getBytes(StandardCharsets.ISO_8859_1)));
        Files.write(image, bytes.array());
        for (Access.Mode mode : Access.Mode.values()) {
            assertSameAsQemu(image, mode);
        }
    }

    @Test
    void largestGeometryLeavesTheSizeToTheFooter() throws Exception {
        Path image = convert(5243392, "subformat=dynamic,force_size=on");
        VhdBytes bytes = VhdBytes.of(image);
        bytes.footers((b, at) -> b.put(at + 28, "vpc ".getBytes(StandardCharsets.US_ASCII))
                .putShort(at + 56, (short) 65535).put(at + 58, (byte) 16).put(at + 59, (byte) 255));
        Files.write(image, bytes.array());
        assertSameAsQemu(image, Access.Mode.FORWARD);
    }

    @Test
    void largestDiskOfMoreThanOnePieceIsOneRun() throws Exception {
        Path image = folder.resolve("huge.vhd");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vpc", "-o", "force_size=on", image.toString(),
                "2040G");
        List<Mapping> mappings = LayoutHarness.run(image, Access.Mode.FORWARD, VhdLayout::new).mappings();
        assertEquals(List.of(Mapping.empty(0, 2040L << 30, Extent.Kind.UNALLOCATED)), mappings);
    }

    @Test
    void sectorBitmapIsNotLookedAt() throws Exception {
        Path image = convert(5243392, "subformat=dynamic,force_size=on");
        byte[] bytes = Files.readAllBytes(image);
        int sector = ByteBuffer.wrap(bytes).getInt(1536);
        Arrays.fill(bytes, sector * 512, sector * 512 + 512, (byte) 0);
        Files.write(image, bytes);
        assertSameAsQemu(image, Access.Mode.FORWARD);
    }

    @Test
    void factsNameTheCreator() throws Exception {
        Path image = convert(5243392, "subformat=dynamic,force_size=on");
        LayoutHarness harness = LayoutHarness.run(image, Access.Mode.FORWARD, VhdLayout::new);
        assertEquals("{version=1.0, image type=dynamic, creator=qem2, size decided by=current size, "
                + "block size=2097152, stored blocks=3}", harness.layout().facts().toString());
    }

    private List<Mapping> assertSameAsQemu(Path image, Access.Mode mode) throws Exception {
        Path expected = folder.resolve("expected.raw");
        LayoutHarness.command("qemu-img", "convert", "-f", "vpc", "-O", "raw", image.toString(), expected.toString());
        LayoutHarness harness = LayoutHarness.run(image, mode, VhdLayout::new);
        long size = harness.layout().virtualSize().orElseThrow();
        assertEquals(Files.size(expected), size);
        assertTrue(LayoutHarness.command("qemu-img", "info", "-f", "vpc", "--output=json", image.toString())
                .contains("\"virtual-size\": " + size + ","));
        GuestCoverage.assertComplete(harness.mappings(), size);
        Path raw = folder.resolve(mode + ".raw");
        harness.writeTo(image, raw);
        assertEquals(-1, Files.mismatch(expected, raw));
        return harness.mappings();
    }

    private Path convert(long size, String options) throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), size, size);
        Path image = folder.resolve("disk.vhd");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vpc", "-o", options, raw.toString(),
                image.toString());
        return image;
    }
}
