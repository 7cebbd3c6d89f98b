package io.datavolume.image.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Extent;
import io.datavolume.image.Format;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.SafetyReport.Outcome;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawLayoutTest {

    @TempDir
    Path folder;

    private Path file(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return Files.write(folder.resolve("disk"), content);
    }

    private static LayoutHarness run(Path file, Access.Mode mode, Format format) throws IOException {
        return LayoutHarness.run(file, mode, access -> new RawLayout(access, format));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 34815, 34816, 34817, 100_000})
    void fileIsTheDiskRoundedUpToSectors(int length) throws Exception {
        Path file = file(length);
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness harness = run(file, mode, Format.RAW);
            long size = (length + 511L) / 512 * 512;
            assertEquals(OptionalLong.of(size), harness.layout().virtualSize());
            Path out = folder.resolve("out");
            harness.writeTo(file, out);
            assertEquals(size, Files.size(out));
            byte[] expected = Arrays.copyOf(Files.readAllBytes(file), (int) size);
            assertArrayEquals(expected, Files.readAllBytes(out));
        }
    }

    @Test
    void knownLengthIsMappedExactly() throws Exception {
        assertEquals(List.of(Mapping.plain(0, 0, 1000), Mapping.empty(1000, 24, Extent.Kind.ZERO)),
                run(file(1000), Access.Mode.RANDOM, Format.RAW).mappings());
    }

    @Test
    void unknownLengthIsMappedToTheEnd() throws Exception {
        Mapping mapping = LayoutHarness.run(file(1024), Access.Mode.FORWARD, 4096,
                access -> new RawLayout(access, Format.RAW)).mappings().getFirst();
        assertEquals(Mapping.TO_THE_END, mapping.fileLength());
        assertEquals(4096, mapping.extent().length());
    }

    @ParameterizedTest
    @EnumSource(Access.Mode.class)
    void emptyFileIsRefused(Access.Mode mode) throws Exception {
        Path file = file(0);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> run(file, mode, Format.RAW));
        assertEquals("virtual-size", refusal.violations().getFirst().check());
    }

    @ParameterizedTest
    @EnumSource(Access.Mode.class)
    void fileAboveTheCapacityIsTooLarge(Access.Mode mode) throws Exception {
        Path file = file(4097);
        NeedsUserException failure = assertThrows(NeedsUserException.class,
                () -> LayoutHarness.run(file, mode, 4096, access -> new RawLayout(access, Format.RAW)));
        assertEquals(NeedsUserException.Reason.TOO_LARGE, failure.reason());
        assertTrue(failure.toString().contains("virtual image size 4608 is larger than the reported available "
                + "storage 4096. A larger PVC is required"), failure.toString());
    }

    @Test
    void isoNeedsItsIdentifier() throws Exception {
        Path file = file(40_000);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> run(file, Access.Mode.RANDOM, Format.ISO));
        assertEquals("iso-magic", refusal.violations().getFirst().check());
        assertEquals(0x8001, refusal.violations().getFirst().offset());
        byte[] content = Files.readAllBytes(file);
        System.arraycopy(new byte[]{1, 'C', 'D', '0', '0', '1', 1}, 0, content, 0x8000, 7);
        Files.write(file, content);
        assertEquals(OptionalLong.of(40_448), run(file, Access.Mode.RANDOM, Format.ISO).layout().virtualSize());
    }

    @Test
    void wrongProtectiveMbrIsOnlyAWarning() throws Exception {
        Path disk = folder.resolve("disk");
        LayoutHarness.command("truncate", "-s", "8M", disk.toString());
        LayoutHarness.command("sgdisk", "--new=1:2048:0", disk.toString());
        var sound = run(disk, Access.Mode.RANDOM, Format.RAW).layout();
        assertEquals("gpt", sound.facts().get("partition table"));
        assertTrue(sound.checks().lines().stream().allMatch(line -> line.outcome() == Outcome.PASSED));
        byte[] content = Files.readAllBytes(disk);
        content[510] = 0;
        Files.write(disk, content);
        var suspicious = run(disk, Access.Mode.RANDOM, Format.RAW).layout();
        assertEquals(OptionalLong.of(8 << 20), suspicious.virtualSize());
        assertTrue(suspicious.checks().lines().stream().anyMatch(line -> line.outcome() == Outcome.WARNING));
    }

    @Test
    void luksInsideRawIsReportedAndImported() throws Exception {
        Path disk = folder.resolve("luks");
        byte[] content = Arrays.copyOf(new byte[]{'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe, 0, 1}, 1 << 20);
        Files.write(disk, content);
        assertTrue(LayoutHarness.command("blkid", "-p", disk.toString()).contains("TYPE=\"crypto_LUKS\""));
        var layout = run(disk, Access.Mode.RANDOM, Format.RAW).layout();
        assertEquals("LUKS", layout.facts().get("encryption"));
        assertEquals(OptionalLong.of(Files.size(disk)), layout.virtualSize());
    }
}
