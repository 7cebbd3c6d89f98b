package io.datavolume.image.vhdx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Extent;
import io.datavolume.image.GuestCoverage;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.SampleDisk;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VhdxLayoutTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"512, 'block_size=1M'", "5243392, 'block_size=1M'", "33554944, 'block_size=2M'",
        "33554432, 'block_size=2M,log_size=4M'", "50331648, 'block_size=32M'",
        "5243392, 'subformat=fixed,block_size=1M'", "8388608, 'subformat=fixed,block_size=2M'",
        "5243392, 'subformat=fixed,block_size=8M,block_state_zero=off'",
        "8388608, 'block_size=2M,block_state_zero=off'"})
    void diskIsTheSameAsQemuReads(long size, String options) throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), size, size);
        Path image = folder.resolve("disk.vhdx");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vhdx", "-o", options, raw.toString(),
                image.toString());
        Path expected = folder.resolve("expected.raw");
        LayoutHarness.command("qemu-img", "convert", "-f", "vhdx", "-O", "raw", image.toString(),
                expected.toString());
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness harness = LayoutHarness.run(image, mode, VhdxLayout::new);
            assertEquals(size, harness.layout().virtualSize().orElseThrow());
            GuestCoverage.assertComplete(harness.mappings(), size);
            Path read = folder.resolve(mode + ".raw");
            harness.writeTo(image, read);
            assertEquals(-1, Files.mismatch(expected, read));
        }
    }

    @Test
    void tableWithSectorBitmapsBetweenIsReadWhole() throws Exception {
        Path image = folder.resolve("chunks.vhdx");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vhdx", "-o", "block_size=256M,log_size=1M",
                image.toString(), "1T");
        List<Mapping> mappings = LayoutHarness.run(image, Access.Mode.FORWARD, VhdxLayout::new).mappings();
        GuestCoverage.assertComplete(mappings, 1L << 40);
    }

    @Test
    void largestDiskWithSmallestBlocksIsOneRun() throws Exception {
        Path image = folder.resolve("huge.vhdx");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vhdx", "-o", "block_size=1M,block_state_zero=off",
                image.toString(), "64T");
        List<Mapping> mappings = LayoutHarness.run(image, Access.Mode.RANDOM, VhdxLayout::new).mappings();
        assertEquals(List.of(Mapping.empty(0, 64L << 40, Extent.Kind.UNALLOCATED)), mappings);
    }

    @Test
    void blockBehindTheFirstSectorBitmapIsFound() throws Exception {
        Path image = folder.resolve("behind.vhdx");
        long at = 5L << 30;
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vhdx", "-o", "block_size=2M", image.toString(),
                "12G");
        LayoutHarness.command("qemu-io", "-f", "vhdx", "-c", "write -P 0xab " + at + " 64k", "-c",
                "write -P 0xcd " + 2 * at + " 64k", image.toString());
        List<Mapping> data = LayoutHarness.run(image, Access.Mode.FORWARD, VhdxLayout::new).mappings().stream()
                .filter(mapping -> mapping.extent().isData()).toList();
        assertEquals(List.of(at, 2 * at), data.stream().map(mapping -> mapping.extent().start()).toList());
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            for (Mapping mapping : data) {
                file.seek(mapping.fileOffset() + 65535);
                assertEquals(mapping.extent().start() == at ? 0xab : 0xcd, file.read());
                assertEquals(0, file.read());
            }
        }
    }

    @Test
    void factsNameTheCreator() throws Exception {
        Path image = folder.resolve("facts.vhdx");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vhdx", "-o", "block_size=2M", image.toString(), "8M");
        String facts = LayoutHarness.run(image, Access.Mode.FORWARD, VhdxLayout::new).layout().facts().toString();
        assertTrue(facts.matches("\\{version=1, image type=dynamic, creator=QEMU v[0-9.]+, block size=2097152, "
                + "logical sector size=512, stored blocks=0, replayed log changes=0}"), facts);
    }
}
