package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an inspection tells of images that can only be read from their beginning. */
class InspectStreamTest {

    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path raw(long length, long... dataAt) throws Exception {
        Path raw = folder.resolve("disk.raw");
        byte[] data = new byte[3 * MIB];
        new Random(11).nextBytes(data);
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(length);
            for (long offset : dataAt) {
                file.seek(offset);
                file.write(data);
            }
        }
        return raw;
    }

    private Path packed(Path image) throws Exception {
        Path packed = folder.resolve("packed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(image, out);
        }
        return packed;
    }

    private static JsonNode inspected(Object... words) {
        Object[] all = new Object[words.length + 3];
        System.arraycopy(new Object[]{"inspect", "--output", "json"}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        Run run = Run.of(all);
        assertEquals(0, run.code(), run.err());
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void tablesBehindTheHeadAreReadWhenAllIsAskedFor() throws Exception {
        Path image = folder.resolve("disk.qcow2");
        QemuImgTest.qemuImg("convert", "-f", "raw", "-O", "qcow2", raw(700L * MIB, 0, 100L * MIB, 600L * MIB), image);
        Path packed = packed(image);
        JsonNode head = inspected(packed);
        assertFalse(head.get("complete").asBoolean());
        assertTrue(head.get("notRead").get(0).asString().contains("--full"), head.toString());
        assertTrue(head.get("bytesRead").asLong() < Files.size(packed), head.toString());
        JsonNode all = inspected(packed, "--full");
        assertTrue(all.get("complete").asBoolean(), all.toString());
        assertEquals(9 * MIB, all.get("allocatedBytes").asLong());
        assertTrue(all.get("bytesRead").asLong() >= Files.size(packed), all.toString());
    }

    @Test
    void tablesThatHadPassedAreNamed() throws Exception {
        Path image = folder.resolve("disk.qcow2");
        QemuImgTest.qemuImg("convert", "-f", "raw", "-O", "qcow2", "-o", "cluster_size=512", raw(3L * MIB, 0), image);
        QemuImgTest.qemuImg("resize", "-q", "-f", "qcow2", image, "64M");
        JsonNode all = inspected(packed(image), "--full");
        assertFalse(all.get("complete").asBoolean());
        assertTrue(all.get("notRead").get(0).asString().contains("had passed"), all.toString());
    }

    @Test
    void sizeOfACompressedRawDiskIsKnownAtItsEnd() throws Exception {
        Path packed = packed(raw(5L * MIB, 0));
        JsonNode head = inspected(packed);
        assertEquals(-1, head.get("virtualSize").asLong());
        assertTrue(head.get("notRead").get(0).asString().contains("virtual size"), head.toString());
        assertEquals(5 * MIB, inspected(packed, "--full").get("virtualSize").asLong());
    }

    @Test
    void smallImageIsReadWhole() throws Exception {
        JsonNode all = inspected(packed(Files.write(folder.resolve("small"), new byte[1000])));
        assertEquals(1024, all.get("virtualSize").asLong());
        assertTrue(all.get("complete").asBoolean(), all.toString());
    }
}
