package io.datavolume.image.qcow2;

import static io.datavolume.image.LayoutHarness.command;
import static io.datavolume.image.qcow2.Qcow2Files.create;
import static io.datavolume.image.qcow2.Qcow2Files.io;
import static io.datavolume.image.qcow2.Qcow2Files.l2Table;
import static io.datavolume.image.qcow2.Qcow2Files.patch;
import static io.datavolume.image.qcow2.Qcow2Files.patchInt;
import static io.datavolume.image.qcow2.Qcow2Files.patchLong;
import static io.datavolume.image.qcow2.Qcow2Files.readLong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and damaged images are refused by a named check, in both modes. */
class Qcow2SafetyTest {

    private static final long COPIED = 1L << 63;
    private static final long COMPRESSED = 1L << 62;

    @TempDir
    Path folder;

    /** @return the message */
    private static String assertRefused(Path image, Qcow2Check check) {
        String message = "";
        for (Access.Mode mode : Access.Mode.values()) {
            ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                    () -> LayoutHarness.run(image, mode, Qcow2Layout::new), mode.toString());
            assertTrue(refusal.violations().stream().anyMatch(v -> v.check().equals(check.id())),
                    mode + ": " + refusal.getMessage());
            message = String.valueOf(refusal.getMessage());
        }
        return message;
    }

    /** 64 KiB clusters: header, refcount table, refcount block, L1, L2, then data from 0x50000 on. */
    private Path written() throws Exception {
        Path image = create(folder, "cluster_size=64k", "1100M");
        io(image, "write -P 1 0 256k", "write -P 2 600M 64k");
        return image;
    }

    /** CVE-2011-3147: the backing file of an uploaded image was read from the host. */
    @Test
    void cve20113147BackingFileIsRefusedWithItsName() throws Exception {
        command("qemu-img", "create", "-q", "-f", "raw", folder.resolve("base.raw").toString(), "1M");
        Path image = folder.resolve("image.qcow2");
        command("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", folder.resolve("base.raw").toString(),
                image.toString());

        assertTrue(assertRefused(image, Qcow2Check.BACKING_FILE).contains("base.raw"));
    }

    /** CVE-2026-27211: the same again, with names of the host's secrets. */
    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "/var/run/secrets/kubernetes.io/serviceaccount/token",
        "nbd://10.0.0.1/disk"})
    void cve202627211BackingFileOfTheHostIsRefused(String name) throws Exception {
        Path image = folder.resolve("image.qcow2");
        command("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", name, image.toString(), "1M");

        assertTrue(assertRefused(image, Qcow2Check.BACKING_FILE).contains(name));
    }

    /** CVE-2024-4467: a name that begins with json: describes what is opened. */
    @Test
    void cve20244467JsonNamesAreRefused() throws Exception {
        String json = "json:{\"driver\":\"qcow2\",\"file\":{\"driver\":\"file\",\"filename\":\"/etc/shadow\"}}";
        Path image = create(folder, "data_file=" + folder.resolve("data.raw"), "1M");
        Path backed = folder.resolve("backed.qcow2");
        command("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", json, backed.toString(), "1M");
        long extension = extension(image, 0x44415441);
        patchInt(image, extension + 4, json.length());
        patch(image, extension + 8, json.getBytes(StandardCharsets.UTF_8));

        assertTrue(assertRefused(image, Qcow2Check.DATA_FILE).contains("json:"));
        assertTrue(assertRefused(backed, Qcow2Check.BACKING_FILE).contains("/etc/shadow"));
    }

    /** CVE-2024-32498: an external data file is any file of the host. */
    @Test
    void cve202432498ExternalDataFileIsRefused() throws Exception {
        Path image = create(folder, "data_file=" + folder.resolve("data.raw") + ",data_file_raw=on", "1M");
        assertTrue(assertRefused(image, Qcow2Check.DATA_FILE).contains("data.raw"));

        patchLong(image, Qcow2Header.INCOMPATIBLE_AT, 0);
        assertTrue(assertRefused(image, Qcow2Check.DATA_FILE).contains("data.raw"));

        Path named = create(Files.createDirectory(folder.resolve("unnamed")), "compat=1.1", "1M");
        patchLong(named, Qcow2Header.INCOMPATIBLE_AT, Qcow2Header.EXTERNAL_DATA);
        assertRefused(named, Qcow2Check.DATA_FILE);
    }

    /** CVE-2015-5162: inspecting an image took all memory. */
    @ParameterizedTest
    @ValueSource(ints = {4_194_305, 0x7fff_ffff, -1})
    void cve20155162HugeL1TableIsRefusedBeforeItIsRead(int entries) throws Exception {
        Path image = written();
        patchInt(image, Qcow2Header.L1_SIZE_AT, entries);

        assertRefused(image, Qcow2Check.L1_SIZE);
    }

    /** qcow2-rs PR 8: cluster_bits was shifted by without being checked. */
    @ParameterizedTest
    @ValueSource(ints = {0, 8, 22, 31, 32, 63, 64, 73, -1})
    void uncheckedClusterBitsShiftIsRefused(int clusterBits) throws Exception {
        Path image = written();
        patchInt(image, Qcow2Header.CLUSTER_BITS_AT, clusterBits);

        assertRefused(image, Qcow2Check.CLUSTER_BITS);
    }

    @Test
    void credentialsInABackingFileNameAreNotShown() throws Exception {
        Path image = folder.resolve("image.qcow2");
        command("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b",
                "https://me:hunter2@example.com/disk?token=hunter2", image.toString(), "1M");
        String message = assertRefused(image, Qcow2Check.BACKING_FILE);
        assertTrue(message.contains("example.com/disk"), message);
        assertFalse(message.contains("hunter2"), message);

        command("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b",
                "json:{\"driver\":\"https\",\"url\":\"https://example.com/disk\",\"cookie\":\"hunter2\"}",
                image.toString(), "1M");
        assertFalse(assertRefused(image, Qcow2Check.BACKING_FILE).contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({"0,4,MAGIC", "4,1,VERSION", "4,4,VERSION", "8,1,BACKING_FILE", "32,1,ENCRYPTION", "32,2,ENCRYPTION",
        "36,2,L1_SIZE", "76,2,CORRUPT", "76,4,DATA_FILE", "76,32,INCOMPATIBLE_FEATURES",
        "72,-2147483648,INCOMPATIBLE_FEATURES", "76,8,COMPRESSION_TYPE", "96,7,REFCOUNT_ORDER",
        "96,-1,REFCOUNT_ORDER", "100,0,HEADER_LENGTH", "100,72,HEADER_LENGTH", "100,105,HEADER_LENGTH",
        "100,-8,HEADER_LENGTH", "100,65544,HEADER_LENGTH", "104,0x01000000,COMPRESSION_TYPE", "44,512,L1_TABLE",
        "44,0,L1_TABLE", "44,65536,L1_TABLE", "40,0x7fffffff,L1_TABLE", "40,-1,L1_TABLE", "40,1,L1_TABLE",
        "52,512,REFCOUNT_TABLE", "52,0,REFCOUNT_TABLE", "48,-1,REFCOUNT_TABLE", "56,-1,REFCOUNT_TABLE",
        "56,1000,REFCOUNT_TABLE", "24,-1,VIRTUAL_SIZE", "24,0x7fffffff,L1_SIZE", "116,65536,HEADER_EXTENSIONS",
        "116,-1,HEADER_EXTENSIONS"})
    void headerFieldOutOfRangeIsRefused(int offset, String value, Qcow2Check check) throws Exception {
        Path image = written();
        patchInt(image, offset, Long.decode(value).intValue());

        assertRefused(image, check);
    }

    @Test
    void unknownCompressionTypeIsRefused() throws Exception {
        Path image = create(folder, "compression_type=zstd", "1M");
        patch(image, Qcow2Header.COMPRESSION_TYPE_AT, new byte[]{2});

        assertRefused(image, Qcow2Check.COMPRESSION_TYPE);
    }

    @Test
    void subclustersNeedClustersOf16KiB() throws Exception {
        Path image = create(folder, "cluster_size=8k", "1M");
        patchLong(image, Qcow2Header.INCOMPATIBLE_AT, Qcow2Header.EXTENDED_L2);

        assertRefused(image, Qcow2Check.CLUSTER_BITS);
    }

    /** AES as qemu-img writes it; LUKS by hand, since qemu-img measures the processor and fails on a busy machine. */
    @Test
    void encryptedImageIsRefused() throws Exception {
        Path image = folder.resolve("image.qcow2");
        command("qemu-img", "create", "-q", "-f", "qcow2", "--object", "secret,id=s,data=hunter2", "-o",
                "encrypt.format=aes,encrypt.key-secret=s", image.toString(), "1M");
        assertRefused(image, Qcow2Check.ENCRYPTION);

        int featureNames = 0x6803f857;
        int encryptionHeader = 0x0537be77;
        Path luks = written();
        patchInt(luks, extension(luks, featureNames), encryptionHeader);
        assertTrue(assertRefused(luks, Qcow2Check.ENCRYPTION).contains("LUKS"));
    }

    @Test
    void emptyDiskIsRefused() throws Exception {
        Path image = written();
        patchLong(image, Qcow2Header.SIZE_AT, 0);

        assertRefused(image, Qcow2Check.VIRTUAL_SIZE);
    }

    @Test
    void diskAboveTheCapacityIsRefusedWithTheSizeToAskFor() throws Exception {
        Path image = create(folder, "cluster_size=64k", "2M");

        for (Access.Mode mode : Access.Mode.values()) {
            NeedsUserException refusal = assertThrows(NeedsUserException.class,
                    () -> LayoutHarness.run(image, mode, 1 << 20, Qcow2Layout::new));
            assertEquals(NeedsUserException.Reason.TOO_LARGE, refusal.reason());
            assertTrue(String.valueOf(refusal.getMessage()).contains("virtual image size 2097152 is larger than the "
                    + "reported available storage 1048576. A larger PVC is required"));
        }
    }

    @Test
    void severalViolationsAreReportedTogether() throws Exception {
        Path image = written();
        patchLong(image, Qcow2Header.BACKING_FILE_AT, 200);
        patchInt(image, Qcow2Header.CRYPT_METHOD_AT, 1);

        String message = assertRefused(image, Qcow2Check.BACKING_FILE);

        assertTrue(message.contains("encryption at offset 32 (value 1)"), message);
    }

    @ParameterizedTest
    @CsvSource({"0x40001,reserved bits", "0x100000000040000,reserved bits", "0x40200,not aligned", "0x10000,refcount",
        "0x30000,L1 table", "0x7fff0000000000,outside", "0,header"})
    void l1EntryOutOfPlaceIsRefused(String offset, String what) throws Exception {
        Path image = written();
        patchLong(image, readLong(image, Qcow2Header.L1_TABLE_AT), Long.decode(offset) | COPIED);

        boolean beyond = what.equals("outside");
        for (Access.Mode mode : Access.Mode.values()) {
            ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                    () -> LayoutHarness.run(image, mode, Qcow2Layout::new));
            String check = refusal.violations().getFirst().check();
            assertEquals(beyond && mode == Access.Mode.FORWARD ? "l2-table" : "l1-entry", check);
        }
    }

    @Test
    void l2TableNamedTwiceIsRefused() throws Exception {
        Path image = written();
        long l1 = readLong(image, Qcow2Header.L1_TABLE_AT);
        patchLong(image, l1 + 8, readLong(image, l1));

        assertTrue(assertRefused(image, Qcow2Check.L1_ENTRY).contains("already"));
    }

    @ParameterizedTest
    @CsvSource({"0x50002,L2_ENTRY", "0x500000000050000,L2_ENTRY", "0x50200,DATA_CLUSTER", "0,DATA_CLUSTER",
        "0x10000,DATA_CLUSTER", "0x30000,DATA_CLUSTER", "0x40000,DATA_CLUSTER", "0x7fff0000000000,DATA_CLUSTER"})
    void dataClusterOutOfPlaceIsRefused(String offset, Qcow2Check check) throws Exception {
        Path image = written();
        patchLong(image, l2Table(image, 0) + 8, Long.decode(offset) | COPIED);

        assertRefused(image, check);
    }

    @Test
    void dataInTheL2TableOfAnotherRegionIsRefused() throws Exception {
        Path image = written();
        patchLong(image, l2Table(image, 0) + 8, l2Table(image, 1) | COPIED);

        assertTrue(assertRefused(image, Qcow2Check.DATA_CLUSTER).contains("the L2 table at " + l2Table(image, 1)));
    }

    @Test
    void zeroFlagInVersion2IsRefused() throws Exception {
        Path image = create(folder, "compat=0.10", "1M");
        io(image, "write 0 64k");
        long l2 = l2Table(image, 0);
        patchLong(image, l2, readLong(image, l2) | 1);

        assertRefused(image, Qcow2Check.L2_ENTRY);
    }

    @ParameterizedTest
    @CsvSource({"0x1,COMPRESSED_CLUSTER", "0x10001,COMPRESSED_CLUSTER", "0x3ffff,COMPRESSED_CLUSTER",
        "0x40008,COMPRESSED_CLUSTER", "0x100000000000,COMPRESSED_CLUSTER"})
    void compressedClusterOutOfPlaceIsRefused(String descriptor, Qcow2Check check) throws Exception {
        Path image = written();
        patchLong(image, l2Table(image, 0) + 8, Long.decode(descriptor) | COMPRESSED);

        assertRefused(image, check);
    }

    @Test
    void compressedOffsetAboveBit55IsRefused() throws Exception {
        Path image = create(folder, "cluster_size=512", "64k");
        io(image, "write -P 1 0 512");
        patchLong(image, l2Table(image, 0), COMPRESSED | 1L << 57);

        assertRefused(image, Qcow2Check.L2_ENTRY);
    }

    @Test
    void compressedClusterThatReachesFarPastTheEndIsRefused() throws Exception {
        Path image = create(folder, "cluster_size=64k", "1M");
        io(image, "write -c -P 1 0 64k");
        long l2 = l2Table(image, 0);
        patchLong(image, l2, readLong(image, l2) | 0xffL << 54);

        assertRefused(image, Qcow2Check.COMPRESSED_CLUSTER);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1_0000_0001L, -1L})
    void subclusterThatIsBothAllocatedAndZeroIsRefused(long bitmap) throws Exception {
        Path image = create(folder, "extended_l2=on", "1M");
        io(image, "write -P 1 0 64k");
        patchLong(image, l2Table(image, 0) + 8, bitmap);

        assertRefused(image, Qcow2Check.SUBCLUSTERS);
    }

    @Test
    void subclusterOfAnUnallocatedOrCompressedClusterIsRefused() throws Exception {
        Path image = create(folder, "extended_l2=on", "1M");
        io(image, "write -P 1 0 64k");
        long l2 = l2Table(image, 0);
        patchLong(image, l2 + 24, 1);
        assertRefused(image, Qcow2Check.SUBCLUSTERS);

        patchLong(image, l2 + 16, readLong(image, l2) & ~COPIED | COMPRESSED);
        assertRefused(image, Qcow2Check.SUBCLUSTERS);
    }

    @ParameterizedTest
    @CsvSource({"0,HEADER_LENGTH", "71,HEADER_LENGTH", "103,HEADER_LENGTH", "104,HEADER_LENGTH", "196612,L1_TABLE"})
    void truncatedFileIsRefused(long length, Qcow2Check check) throws Exception {
        Path image = written();
        Qcow2Files.truncate(image, length);

        assertRefused(image, check);
    }

    @Test
    void fileTruncatedInItsTablesOrDataIsRefused() throws Exception {
        Path image = written();
        Qcow2Files.truncate(image, l2Table(image, 1) + 65536);
        assertRefused(image, Qcow2Check.DATA_CLUSTER);

        Qcow2Files.truncate(image, l2Table(image, 1) + 65535);
        for (Access.Mode mode : Access.Mode.values()) {
            assertThrows(ImageRefusedException.class, () -> LayoutHarness.run(image, mode, Qcow2Layout::new));
        }
    }

    /** Place of a header extension. */
    private static long extension(Path image, int type) throws Exception {
        long at = Integer.toUnsignedLong((int) (readLong(image, Qcow2Header.HEADER_LENGTH_AT) >>> 32));
        while ((int) (readLong(image, at) >>> 32) != type) {
            at += 8 + Math.ceilDiv((int) readLong(image, at), 8) * 8;
        }
        return at;
    }
}
