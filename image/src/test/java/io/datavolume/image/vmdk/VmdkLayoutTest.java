package io.datavolume.image.vmdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Extent;
import io.datavolume.image.GuestCoverage;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.SampleDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmdkLayoutTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"subformat=monolithicSparse, 512", "subformat=monolithicSparse, 5243392",
        "subformat=monolithicSparse, 41944576", "'subformat=monolithicSparse,zeroed_grain=on', 5243392",
        "'subformat=monolithicSparse,compat6', 1048576", "subformat=streamOptimized, 512",
        "subformat=streamOptimized, 65536", "subformat=streamOptimized, 5243392",
        "subformat=streamOptimized, 41944576"})
    void diskIsTheSameAsQemuReads(String options, long size) throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), size, size);
        Path image = folder.resolve("disk.vmdk");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vmdk", "-o", options, raw.toString(),
                image.toString());
        assertReadsAs(image, oracle(image), size);
        GuestCoverage.assertNothingIsSpilled(image, VmdkLayout::new);
    }

    @ParameterizedTest
    @CsvSource({"65536", "5243392", "34603520"})
    void streamWithFooterIsTheSameAsQemuReads(long size) throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), size, size);
        Path image = Files.write(folder.resolve("disk.vmdk"), StreamWriter.disk(Files.readAllBytes(raw)));
        Path expected = oracle(image);
        assertEquals(-1, Files.mismatch(raw, expected));
        assertReadsAs(image, expected, size);
        GuestCoverage.assertNothingIsSpilled(image, VmdkLayout::new);
    }

    @Test
    void emptyDisksAreOneUnallocatedRun() throws Exception {
        for (String format : List.of("monolithicSparse", "streamOptimized")) {
            Path image = folder.resolve(format + ".vmdk");
            LayoutHarness.command("qemu-img", "create", "-q", "-f", "vmdk", "-o", "subformat=" + format,
                    image.toString(), "70G");
            for (Access.Mode mode : Access.Mode.values()) {
                assertEquals(List.of(Mapping.empty(0, 70L << 30, Extent.Kind.UNALLOCATED)),
                        LayoutHarness.run(image, mode, VmdkLayout::new).mappings());
            }
        }
    }

    @Test
    void zeroGrainIsZero() throws Exception {
        Path image = folder.resolve("zero.vmdk");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vmdk", "-o", "zeroed_grain=on", image.toString(),
                "1M");
        LayoutHarness.command("qemu-io", "-f", "vmdk", "-c", "write -P 7 0 128k", "-c", "write -z 64k 128k",
                image.toString());
        LayoutHarness harness = assertReadsAs(image, oracle(image), 1 << 20);
        assertTrue(harness.mappings().contains(Mapping.empty(64 << 10, 128 << 10, Extent.Kind.ZERO)),
                harness.mappings()::toString);
    }

    @Test
    void neighbouringGrainsAreOneRun() throws Exception {
        Path image = folder.resolve("run.vmdk");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vmdk", image.toString(), "4M");
        LayoutHarness.command("qemu-io", "-f", "vmdk", "-c", "write -P 7 0 4M", image.toString());
        LayoutHarness harness = assertReadsAs(image, oracle(image), 4 << 20);
        assertEquals(1, harness.mappings().size(), harness.mappings()::toString);
    }

    @Test
    void progressMarkersOfVsphereAreSkipped() throws Exception {
        StreamWriter writer = new StreamWriter(256);
        byte[] grain = new byte[StreamWriter.GRAIN];
        Arrays.fill(grain, (byte) 3);
        Path image = Files.write(folder.resolve("progress.vmdk"),
                writer.marker(0, 4).grain(128, grain).marker(0, 4).directory().footer().end());
        assertReadsAs(image, oracle(image), 2L * StreamWriter.GRAIN);
    }

    @Test
    void flatExtentBehindItsDescriptorIsReadFromTheSameFile() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), 1 << 20, 5);
        String descriptor = """
                # Disk DescriptorFile\r
                version=1\r
                encoding="UTF-8"\r
                CID=fffffffe\r
                parentCID=ffffffff\r
                createType="monolithicFlat"\r
                RW 2048 FLAT "one.vmdk" 128\r
                """;
        byte[] bytes = Arrays.copyOf(descriptor.getBytes(StandardCharsets.UTF_8), 65536 + (1 << 20));
        System.arraycopy(Files.readAllBytes(raw), 0, bytes, 65536, 1 << 20);
        // The name is that of the file, so that qemu-img reads the same.
        Path image = Files.write(folder.resolve("one.vmdk"), bytes);
        assertReadsAs(image, oracle(image), 1 << 20);
    }

    private Path oracle(Path image) throws Exception {
        Path expected = folder.resolve("expected.raw");
        LayoutHarness.command("qemu-img", "convert", "-f", "vmdk", "-O", "raw", image.toString(),
                expected.toString());
        return expected;
    }

    private LayoutHarness assertReadsAs(Path image, Path expected, long size) throws Exception {
        LayoutHarness harness = LayoutHarness.run(image, Access.Mode.FORWARD, VmdkLayout::new);
        assertSame(harness, image, expected, size);
        LayoutHarness random = LayoutHarness.run(image, Access.Mode.RANDOM, VmdkLayout::new);
        assertSame(random, image, expected, size);
        return random;
    }

    private void assertSame(LayoutHarness harness, Path image, Path expected, long size) throws Exception {
        assertEquals(size, harness.layout().virtualSize().orElseThrow());
        GuestCoverage.assertComplete(harness.mappings(), size);
        Path raw = folder.resolve("ours.raw");
        harness.writeTo(image, raw);
        assertEquals(-1, Files.mismatch(expected, raw));
    }
}
