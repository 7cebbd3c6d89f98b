package io.datavolume.image.volume;

import static io.datavolume.image.volume.VolumeFixture.KIB;
import static io.datavolume.image.volume.VolumeFixture.MIB;
import static io.datavolume.image.volume.VolumeFixture.assertAllocated;
import static io.datavolume.image.volume.VolumeFixture.direct;
import static io.datavolume.image.volume.VolumeFixture.filled;
import static io.datavolume.image.volume.VolumeFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.os.NativeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileVolumeTest {

    private static final VolumeOptions SPARSE = VolumeOptions.DEFAULT;

    @TempDir
    Path folder;
    private Path target;

    @BeforeEach
    void nameTarget() throws IOException {
        target = folder.toRealPath().resolve("disk.img");
    }

    private Path part() {
        return target.resolveSibling(".disk.img.part");
    }

    private static FileVolume portable(Path target, VolumeOptions options) throws IOException {
        return FileVolume.open(target, options, (path, mode) -> NativeFile.unsupported());
    }

    /** 4 MiB with data in the first and third MiB. */
    private static byte[] patchy() {
        byte[] content = new byte[4 * MIB];
        new Random(1).nextBytes(content);
        Arrays.fill(content, MIB, 2 * MIB, (byte) 0);
        Arrays.fill(content, 3 * MIB, 4 * MIB, (byte) 0);
        return content;
    }

    @Test
    void zerosBecomeHoles() throws Exception {
        byte[] content = patchy();
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.prepare(content.length);
            volume.write(0, direct(content));
            volume.complete(content.length);
        }
        assertArrayEquals(content, Files.readAllBytes(target));
        assertAllocated(target, 2 * MIB, 2 * MIB + 64 * KIB);
    }

    @Test
    void preparedEmptyDiskTakesNoBlocks() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.prepare(1L << 40);
            volume.zero(0, 1L << 40);
            volume.complete(1L << 40);
        }
        assertEquals(1L << 40, Files.size(target));
        assertAllocated(target, 0, 4096);
    }

    @Test
    void growthWithoutPreparationIsSparse() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.write(0, direct(filled(5000, 7)));
            volume.write(MIB, direct(new byte[MIB]));
            volume.complete(2 * MIB);
        }
        assertEquals(2 * MIB, Files.size(target));
        assertAllocated(target, 8192, 16384);
    }

    @ParameterizedTest
    @EnumSource(Preallocation.class)
    void contentIsTheSameWithEachPreallocation(Preallocation preallocation) throws Exception {
        byte[] content = patchy();
        try (FileVolume volume = FileVolume.open(target, SPARSE.withPreallocation(preallocation))) {
            volume.prepare(content.length);
            volume.write(2 * MIB, direct(content).slice(2 * MIB, 2 * MIB));
            volume.write(0, direct(content).slice(0, 2 * MIB));
            volume.complete(content.length);
        }
        assertArrayEquals(content, Files.readAllBytes(target));
    }

    @Test
    void fallocReservesEveryBlock() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE.withPreallocation(Preallocation.FALLOC))) {
            volume.prepare(8 * MIB);
            assertAllocated(part(), 8 * MIB, 8 * MIB + 64 * KIB);
            volume.write(0, direct(patchy()));
            volume.zero(0, MIB);
            volume.complete(8 * MIB);
        }
        assertAllocated(target, 8 * MIB, 8 * MIB + 64 * KIB);
        assertEquals(0, Files.readAllBytes(target)[0]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fullWritesEveryBlock(boolean natively) throws Exception {
        VolumeOptions options = SPARSE.withPreallocation(Preallocation.FULL);
        try (FileVolume volume = natively ? FileVolume.open(target, options) : portable(target, options)) {
            volume.prepare(8 * MIB);
            volume.write(MIB, direct(filled(MIB, 1)));
            volume.write(3 * MIB, direct(new byte[MIB]));
            volume.complete(8 * MIB);
        }
        assertAllocated(target, 8 * MIB, 8 * MIB + 64 * KIB);
        byte[] expected = new byte[8 * MIB];
        Arrays.fill(expected, MIB, 2 * MIB, (byte) 1);
        assertArrayEquals(expected, Files.readAllBytes(target));
    }

    @Test
    void fallocWithoutTheCallWritesZeros() throws Exception {
        try (FileVolume volume = portable(target, SPARSE.withPreallocation(Preallocation.FALLOC))) {
            volume.prepare(4 * MIB);
            volume.write(0, direct(patchy()));
            volume.complete(4 * MIB);
        }
        assertArrayEquals(patchy(), Files.readAllBytes(target));
        assertAllocated(target, 4 * MIB, 4 * MIB + 64 * KIB);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writtenDataIsOverwrittenByZeros(boolean natively) throws Exception {
        byte[] expected = filled(MIB, 3);
        try (FileVolume volume = natively ? FileVolume.open(target, SPARSE) : portable(target, SPARSE)) {
            volume.write(0, direct(expected));
            volume.write(100, direct(new byte[300 * KIB]));
            volume.zero(700 * KIB + 1, 5);
            volume.complete(MIB);
        }
        Arrays.fill(expected, 100, 100 + 300 * KIB, (byte) 0);
        Arrays.fill(expected, 700 * KIB + 1, 700 * KIB + 6, (byte) 0);
        assertArrayEquals(expected, Files.readAllBytes(target));
    }

    @Test
    void zeroingWrittenDataFreesItsBlocks() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.write(0, direct(filled(4 * MIB, 3)));
            volume.zero(0, 3 * MIB);
            volume.complete(4 * MIB);
        }
        assertAllocated(target, MIB, MIB + 64 * KIB);
    }

    @Test
    void targetAppearsOnlyWhenComplete() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.write(0, direct(filled(512, 1)));
            volume.sync();
            assertFalse(Files.exists(target));
            assertEquals(part(), FileVolume.partFile(target));
            assertTrue(Files.exists(part()));
            volume.complete(512);
            assertTrue(Files.exists(target));
            assertFalse(Files.exists(part()));
            assertThrows(IOException.class, () -> volume.write(0, direct(new byte[1])));
        }
    }

    @Test
    void completionCutsWhatIsBehindTheDisk() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.write(0, direct(filled(2048, 1)));
            volume.complete(1536);
        }
        assertEquals(1536, Files.size(target));
    }

    @Test
    void discardLeavesNothing() throws Exception {
        FileVolume volume = FileVolume.open(target, SPARSE);
        volume.write(0, direct(filled(512, 1)));
        volume.discard();
        volume.close();
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void discardLeavesTheOldTargetAlone() throws Exception {
        Files.writeString(target, "old");
        FileVolume volume = FileVolume.open(target, SPARSE.withForce(true));
        volume.write(0, direct(filled(512, 1)));
        volume.discard();
        assertEquals("old", Files.readString(target));
    }

    @Test
    void existingTargetNeedsForce() throws Exception {
        Files.writeString(target, "old");
        String message = refusal(Reason.TARGET, () -> Volumes.open(target, SPARSE).close());
        assertTrue(message.contains("already exists; use --force"), message);
        try (Volume volume = Volumes.open(target, SPARSE.withForce(true))) {
            volume.write(0, direct(filled(512, 1)));
            volume.complete(512);
        }
        assertArrayEquals(filled(512, 1), Files.readAllBytes(target));
    }

    @Test
    void targetThatAppearsMeanwhileIsNotReplaced() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.write(0, direct(filled(512, 1)));
            Files.writeString(target, "someone else's");
            refusal(Reason.TARGET, () -> volume.complete(512));
        }
        assertEquals("someone else's", Files.readString(target));
    }

    @Test
    void resumptionKeepsWhatWasWritten() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.write(0, direct(filled(MIB, 9)));
        }
        try (FileVolume volume = FileVolume.open(target, SPARSE.withResume(true))) {
            volume.write(MIB / 2, direct(new byte[MIB / 4]));
            volume.complete(2 * MIB);
        }
        byte[] expected = new byte[2 * MIB];
        Arrays.fill(expected, 0, MIB, (byte) 9);
        Arrays.fill(expected, MIB / 2, 3 * MIB / 4, (byte) 0);
        assertArrayEquals(expected, Files.readAllBytes(target));
        assertAllocated(target, 3 * MIB / 4, 3 * MIB / 4 + 64 * KIB);
    }

    @Test
    void freshImportForgetsTheInterruptedOne() throws Exception {
        Files.write(part(), filled(MIB, 9));
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.complete(MIB);
        }
        assertArrayEquals(new byte[MIB], Files.readAllBytes(target));
    }

    @Test
    void linkedTargetIsWrittenWhereItLeads() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/real.img"));
        try (Volume volume = Volumes.open(link, SPARSE)) {
            volume.write(0, direct(filled(512, 1)));
            volume.complete(512);
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(512, Files.size(elsewhere.resolve("real.img")));
    }

    @Test
    void plantedLinkInPlaceOfThePartFileIsRefused() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(part(), victim);
        refusal(Reason.TARGET, () -> FileVolume.open(target, SPARSE).close());
        assertEquals("precious", Files.readString(victim));
    }

    @Test
    void missingFolderAndFolderAsTargetAreRefused() {
        String missing = refusal(Reason.TARGET, () -> Volumes.open(folder.resolve("no/disk.img"), SPARSE).close());
        assertTrue(missing.contains("does not exist"), missing);
        refusal(Reason.TARGET, () -> Volumes.open(folder, SPARSE.withForce(true)).close());
        refusal(Reason.TARGET, () -> Volumes.open(Path.of("/dev/null"), SPARSE.withForce(true)).close());
    }

    @Test
    void sizesAboveTheCapacityAreTooLarge() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE.withCapacity(MIB))) {
            assertEquals(MIB, volume.capacity());
            String message = refusal(Reason.TOO_LARGE, () -> volume.prepare(MIB + 512));
            assertTrue(message.contains("virtual image size 1049088 is larger than the reported available storage "
                    + "1048576. A larger PVC is required"), message);
            refusal(Reason.TOO_LARGE, () -> volume.write(MIB - 1, direct(new byte[2])));
            refusal(Reason.TOO_LARGE, () -> volume.complete(MIB + 512));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Preallocation.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void preallocationBeyondTheFilesystemIsNoSpace(Preallocation preallocation) throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE.withPreallocation(preallocation))) {
            String message = refusal(Reason.NO_SPACE, () -> volume.prepare(1L << 43));
            assertTrue(message.contains(target.toString()) && message.contains("8796093022208"), message);
            assertTrue(message.contains(" free"), message);
            volume.discard();
        }
    }

    @Test
    void lengthBeyondTheFilesystemIsNoSpace() throws Exception {
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            refusal(Reason.NO_SPACE, () -> volume.write(Long.MAX_VALUE - 8192, direct(filled(4096, 1))));
        }
    }

    @ParameterizedTest
    @EnumSource(Preallocation.class)
    void fullFilesystemIsNoSpace(Preallocation preallocation) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "mounting needs root");
        Path mount = Files.createDirectory(folder.resolve("mount"));
        assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()).start()
                .waitFor() == 0, "this user may not mount");
        try (FileVolume volume = FileVolume.open(mount.resolve("disk.img"),
                SPARSE.withPreallocation(preallocation))) {
            String message = refusal(Reason.NO_SPACE, () -> {
                volume.prepare(4 * MIB);
                volume.write(0, direct(filled(4 * MIB, 1)));
            });
            assertTrue(message.contains("4194304 bytes") && message.contains("disk.img"), message);
            volume.discard();
        } finally {
            LayoutHarness.command("umount", mount.toString());
        }
    }

    @Test
    void permissionsAreThoseAskedFor() throws Exception {
        var permissions = PosixFilePermissions.fromString("rw-rw----");
        try (FileVolume volume = FileVolume.open(target, SPARSE.withPermissions(permissions))) {
            volume.complete(512);
        }
        assertEquals(permissions, Files.getPosixFilePermissions(target));
    }

    @ParameterizedTest
    @EnumSource(CacheMode.class)
    void contentIsTheSameWithEachCacheMode(CacheMode mode) throws Exception {
        byte[] content = new byte[4 * MIB + 1536];
        new Random(2).nextBytes(content);
        Arrays.fill(content, 100_000, 900_000, (byte) 0);
        try (FileVolume volume = FileVolume.open(target, SPARSE.withCacheMode(mode))) {
            ByteBuffer data = direct(content);
            int[] cuts = {0, 1000, 70_000, MIB, 2 * MIB + 512, 3 * MIB, content.length};
            for (int i = cuts.length - 2; i >= 0; i--) {
                volume.write(cuts[i], data.slice(cuts[i], cuts[i + 1] - cuts[i]));
            }
            volume.write(2 * MIB, ByteBuffer.wrap(content, 2 * MIB, MIB));
            ByteBuffer back = ByteBuffer.allocate(content.length);
            volume.read(0, back);
            assertArrayEquals(content, back.array());
            volume.complete(content.length);
        }
        assertArrayEquals(content, Files.readAllBytes(target));
    }

    @Test
    void severalThreadsWriteAtOnce() throws Exception {
        byte[] content = new byte[8 * MIB];
        Random random = new Random(3);
        for (int block = 0; block < content.length; block += 1000) {
            if (random.nextBoolean()) {
                content[block] = 1;
            }
        }
        try (FileVolume volume = FileVolume.open(target, SPARSE)) {
            volume.prepare(content.length);
            try (var pool = Executors.newFixedThreadPool(4)) {
                for (int at = 0; at < content.length; at += 50_000) {
                    int from = at;
                    pool.submit(() -> {
                        volume.write(from, direct(content).slice(from, Math.min(50_000, content.length - from)));
                        return null;
                    });
                }
            }
            volume.complete(content.length);
        }
        assertArrayEquals(content, Files.readAllBytes(target));
    }
}
