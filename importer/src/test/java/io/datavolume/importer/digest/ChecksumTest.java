package io.datavolume.importer.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the programs that publishers of images use. */
class ChecksumTest {

    private static final byte[] CONTENT = new byte[5_000_017];

    static {
        new Random(4).nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    private Checksum byProgram(String algorithm) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("content"), CONTENT);
        Process process = new ProcessBuilder(algorithm + "sum", file.toString()).start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return new Checksum(algorithm, line.split(" ")[0]);
    }

    @ParameterizedTest
    @CsvSource({"md5,true", "md5,false", "sha1,true", "sha1,false", "sha256,true", "sha256,false", "sha512,true",
        "sha512,false"})
    void bytesHaveTheChecksumThatOtherProgramsCompute(String algorithm, boolean resumable) throws Exception {
        Checksum expected = byProgram(algorithm);
        DigestStage stage = DigestStage.start(new ByteArrayInputStream(CONTENT), expected, resumable);
        assertEquals(1000, stage.readNBytes(1000).length);
        stage.verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "sha256", "sha512"})
    void checksumGoesOnFromARestartPoint(String algorithm) throws Exception {
        Checksum expected = byProgram(algorithm);
        DigestStage first = DigestStage.start(new ByteArrayInputStream(CONTENT), expected, true);
        first.readNBytes(3_500_000);
        RestartPoint point = first.restartBefore(3_400_000);
        assertTrue(point.offset() > 2_000_000 && point.offset() <= 3_400_000, "offset " + point.offset());
        assertTrue(point.state().length <= 4096, "state of " + point.state().length);
        int from = (int) point.upstream();
        DigestStage second = DigestStage.resume(new ByteArrayInputStream(CONTENT, from, CONTENT.length - from),
                expected, point);
        second.verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "sha256", "sha512"})
    void bothLibrariesGoOnFromTheirOwnState(String algorithm) throws Exception {
        for (RunningDigest first : List.of(ResumableDigest.start(algorithm), PortableDigest.start(algorithm))) {
            first.update(CONTENT, 0, 1_000_001);
            RunningDigest second = ResumableDigest.resume(algorithm, first.state());
            assertEquals(first.getClass(), second.getClass());
            second.update(CONTENT, 1_000_001, CONTENT.length - 1_000_001);
            assertEquals(byProgram(algorithm).hex(), HexFormat.of().formatHex(second.finish()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "sha256", "sha512"})
    void stateThatWouldReachBeyondItsBlockIsRefused(String algorithm) {
        RunningDigest digest = ResumableDigest.start(algorithm);
        assumeTrue(digest instanceof NativeDigest, "libcrypto is not installed");
        byte[] state = digest.state();
        int filled = state.length - (algorithm.startsWith("sha") && !algorithm.equals("sha1") ? 8 : 4);
        for (int held : new int[]{-1, 128, Integer.MAX_VALUE}) {
            ByteBuffer.wrap(state).order(ByteOrder.nativeOrder()).putInt(filled, held);
            assertThrows(IllegalArgumentException.class, () -> ResumableDigest.resume(algorithm, state));
        }
        assertThrows(IllegalArgumentException.class,
                () -> ResumableDigest.resume(algorithm, Arrays.copyOf(digest.state(), 40)));
    }

    @Test
    void otherBytesAreNamedWithBothChecksums() throws Exception {
        Checksum expected = byProgram("sha256");
        byte[] other = CONTENT.clone();
        other[CONTENT.length - 1] ^= 1;
        var failure = assertThrows(NeedsUserException.class,
                () -> DigestStage.start(new ByteArrayInputStream(other), expected, false).verify());
        assertEquals(Reason.CHECKSUM, failure.reason());
        assertTrue(failure.toString().contains("checksum mismatch: expected " + expected + ", calculated sha256:"),
                failure.toString());
    }

    @Test
    void shorterSourceHasAnotherChecksum() throws Exception {
        Checksum expected = byProgram("sha1");
        assertThrows(NeedsUserException.class, () -> DigestStage
                .start(new ByteArrayInputStream(CONTENT, 0, CONTENT.length - 1), expected, true).verify());
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "sha256", "sha512"})
    void damagedStateIsNoDigest(String algorithm) throws Exception {
        Checksum expected = byProgram(algorithm);
        for (byte[] state : new byte[][]{{}, {1}, new byte[20]}) {
            assertThrows(IllegalArgumentException.class, () -> DigestStage.resume(new ByteArrayInputStream(CONTENT),
                    expected, new RestartPoint(5, 5, state)));
        }
    }

    @Test
    void checksumIsWrittenInAnyCase() throws Exception {
        Checksum expected = byProgram("sha512");
        assertEquals(expected, Checksum.parse(" " + expected.toString().toUpperCase(Locale.ROOT) + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "md5", "md5:", "md5:abc", "crc32:00000000", "sha256:" + "0", "sha256 " + "0",
        "md5:0000000000000000000000000000000g", "sha1:d41d8cd98f00b204e9800998ecf8427e"})
    void otherTextsAreNoChecksums(String text) {
        var failure = assertThrows(NeedsUserException.class, () -> Checksum.parse(text));
        assertEquals(Reason.USAGE, failure.reason());
    }
}
