package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with the command, against a real server. */
class ImportScenariosTest {

    @TempDir
    static Path folder;
    private static Path raw;
    private static Path image;
    private static Nginx nginx;

    @TempDir
    Path targets;

    @BeforeAll
    static void serve() throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        raw = served.resolve("disk.raw");
        image = served.resolve("disk.qcow2");
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(64L << 20);
            byte[] block = new byte[3 << 20];
            Random random = new Random(5);
            for (int i = 0; i < 6; i++) {
                random.nextBytes(block);
                java.util.Arrays.fill(block, 1 << 20, 2 << 20, (byte) i);
                file.seek(i * (9L << 20) + 12_345);
                file.write(block);
            }
        }
        Cdi.tool("qemu-img", "convert", "-c", "-O", "qcow2", raw.toString(), image.toString());
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", image.toString(), "-F", "qcow2",
                served.resolve("overlay.qcow2").toString());
        Cdi.tool("bash", "-c", "xz -1 -k " + image + " && gzip -k " + raw);
        nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nginx.close();
    }

    private Path target() {
        return targets.resolve("disk.img");
    }

    private void assertNothingLeft() throws IOException {
        try (var files = Files.list(targets)) {
            assertEquals("[]", files.toList().toString());
        }
    }

    @Test
    void compressedQcow2OverHttpsWithPrivateAuthorityIsIdentical() throws Exception {
        Cdi.run("import", nginx.secureUrl("disk.qcow2"), target().toString(), "--ca", nginx.authority().toString())
                .expect(0);
        Cdi.tool("qemu-img", "compare", "-f", "qcow2", "-F", "raw", image.toString(), target().toString());
    }

    @Test
    void unknownAuthorityIsRefusedAndNothingIsLeft() throws Exception {
        Cdi.Ended ended = Cdi.run("import", nginx.secureUrl("disk.qcow2"), target().toString()).expect(1);
        assertTrue(ended.err().contains("--ca"), ended.err());
        assertNothingLeft();
    }

    @Test
    void qcow2InsideXzWithItsChecksumIsIdentical() throws Exception {
        String sum = Cdi.tool("sha256sum", image + ".xz").split(" ")[0];
        Cdi.run("import", nginx.url("disk.qcow2.xz"), target().toString(), "--checksum", "sha256:" + sum).expect(0);
        Cdi.assertSameDisk(raw, target());
    }

    @Test
    void wrongChecksumEndsWithFourAndNothingIsLeft() throws Exception {
        Cdi.Ended ended = Cdi.run("import", nginx.url("disk.raw.gz"), target().toString(), "--checksum",
                "md5:00000000000000000000000000000000").expect(4);
        assertTrue(ended.err().contains("checksum mismatch: expected md5:0000"), ended.err());
        assertNothingLeft();
    }

    @Test
    void backingFileEndsWithThreeAndNothingIsLeft() throws Exception {
        Cdi.Ended ended = Cdi.run("import", nginx.url("overlay.qcow2"), target().toString()).expect(3);
        assertTrue(ended.err().contains("backing-file"), ended.err());
        assertNothingLeft();
    }

    @Test
    void diskLargerThanTheTargetEndsWithFiveAndTheSizeToAskFor() throws Exception {
        Cdi.Ended ended = Cdi.run("import", nginx.url("disk.qcow2"), target().toString(), "--size", "10Mi").expect(5);
        assertTrue(ended.err().contains("virtual image size 67108864 is larger"), ended.err());
        assertNothingLeft();
    }

    @Test
    void targetGrowsToTheRequestedSize() throws Exception {
        Cdi.run("import", image.toString(), target().toString(), "--size", "100Mi").expect(0);
        assertEquals(100L << 20, Files.size(target()));
        Cdi.tool("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), target().toString());
    }

    @Test
    void existingTargetIsKeptWithoutForce() throws Exception {
        Files.writeString(target(), "mine");
        Cdi.run("import", image.toString(), target().toString()).expect(1);
        assertEquals("mine", Files.readString(target()));
        Cdi.run("import", image.toString(), target().toString(), "--force").expect(0);
        Cdi.assertSameDisk(raw, target());
    }

    @Test
    void inspectionOfRemoteImageReadsLittleAndShowsItsChecks() throws Exception {
        Cdi.Ended ended = Cdi.run("inspect", nginx.url("disk.qcow2"), "--output", "json").expect(0);
        assertTrue(ended.out().contains("backing-file"), ended.out());
        assertFalse(ended.out().contains("VIOLATED"), ended.out());
    }
}
