package io.datavolume.importer.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.TransferSpec.TargetSpec;
import io.datavolume.importer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlankDiskTest {

    @TempDir
    Path folder;

    private Path target() {
        return folder.resolve("disk.img");
    }

    private TransferResult make(TargetSpec target, Optional<String> checksum) {
        TransferSpec plain = TransferSpec.of(SourceSpec.BLANK, target.path());
        return new Transfer(new TransferSpec(plain.source(), target, checksum, plain.resume(), plain.scratchFolder(),
                plain.metrics()), Secrets.NONE, ProgressListener.NONE).run();
    }

    private TargetSpec order(Optional<Long> size, String preallocation, boolean owned) {
        return new TargetSpec(target().toString(), size, preallocation, "auto", false, Optional.empty(),
                Optional.of("0640"), owned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "falloc", "full"})
    void blankFileHasItsSizeItsModeAndOnlyZeros(String preallocation) throws IOException {
        TransferResult result = make(order(Optional.of(5_000_192L), preallocation, false), Optional.empty());
        assertEquals(Outcome.COMPLETE, result.outcome(), result.message());
        assertEquals("Import Complete", result.message());
        assertEquals(Optional.of("raw"), result.format());
        assertEquals(5_000_192, result.virtualSize());
        assertEquals(!preallocation.equals("off"), result.preallocationApplied());
        assertArrayEquals(new byte[5_000_192], Files.readAllBytes(target()));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target())));
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void hugeBlankFileIsMadeAtOnce() throws IOException {
        assertEquals(Outcome.COMPLETE, make(order(Optional.of(4L << 40), "off", false), Optional.empty()).outcome());
        assertEquals(4L << 40, Files.size(target()));
    }

    @Test
    void blankDiskNeedsASize() {
        TransferResult result = make(order(Optional.empty(), "off", false), Optional.empty());
        assertEquals(Optional.of("USAGE"), result.reason(), result.message());
        assertFalse(Files.exists(target()));
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void blankDiskHasNoChecksum() {
        assertEquals(Optional.of("USAGE"),
                make(order(Optional.of(512L), "off", false), Optional.of("md5:" + "0".repeat(32))).reason());
    }

    @Test
    void fileOfSomebodyElseIsKept() throws IOException {
        Files.writeString(target(), "mine");
        TransferResult result = make(order(Optional.of(512L), "off", false), Optional.empty());
        assertEquals(Optional.of("TARGET"), result.reason(), result.message());
        assertEquals("mine", Files.readString(target()));
    }

    @Test
    void ownFileWhoseResultWasLostIsMadeAgain() throws IOException {
        Files.writeString(target(), "from an earlier run");
        TransferResult result = make(order(Optional.of(512L), "off", true), Optional.empty());
        assertEquals(Outcome.COMPLETE, result.outcome(), result.message());
        assertArrayEquals(new byte[512], Files.readAllBytes(target()));
        assertTrue(Files.isRegularFile(target()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "9", "888", "04755", "-644"})
    void modeThatIsNotOctalIsRefused(String mode) {
        TransferResult result = make(new TargetSpec(target().toString(), Optional.of(512L), "off", "auto", false,
                Optional.empty(), Optional.of(mode), false), Optional.empty());
        assertEquals(Optional.of("USAGE"), result.reason(), result.message());
    }
}
