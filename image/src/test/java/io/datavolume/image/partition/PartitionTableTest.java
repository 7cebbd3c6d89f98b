package io.datavolume.image.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.partition.PartitionTable.Scheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables are made by sgdisk and read by partx, which knows nothing of sgdisk. */
class PartitionTableTest {

    private static final int MIB = 1 << 20;
    private static final Pattern PARTX = Pattern
            .compile("NR=\"(\\d+)\" START=\"(\\d+)\" SECTORS=\"(\\d+)\" NAME=\"(.*)\"");

    /** Made once: sgdisk waits a second after each change. */
    @TempDir
    static Path shared;
    @TempDir
    Path folder;
    private Path disk;

    @BeforeAll
    static void makePartitionedDisk() throws Exception {
        String disk = shared.resolve("disk").toString();
        LayoutHarness.command("truncate", "-s", "64M", disk);
        LayoutHarness.command("sgdisk", "--new=1:2048:+8M", "--typecode=1:ef00", "--change-name=1:boot",
                "--new=3:0:+16M", "--typecode=3:8300", "--change-name=3:root", "--new=7:0:0", "--typecode=7:8e00",
                "--disk-guid=01234567-89AB-CDEF-0123-456789ABCDEF", disk);
    }

    @BeforeEach
    void makeEmptyDisk() throws Exception {
        disk = folder.resolve("disk");
        LayoutHarness.command("truncate", "-s", "64M", disk.toString());
    }

    private void threePartitions() throws Exception {
        LayoutHarness.command("cp", "--sparse=always", shared.resolve("disk").toString(), disk.toString());
    }

    private void sgdisk(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("sgdisk"));
        words.addAll(List.of(options));
        words.add(disk.toString());
        LayoutHarness.command(words.toArray(String[]::new));
    }

    private byte[] head() throws IOException {
        try (var in = Files.newInputStream(disk)) {
            return in.readNBytes(PartitionTable.HEAD_BYTES);
        }
    }

    private static PartitionTable read(byte[] head) {
        return PartitionTable.read(ByteBuffer.wrap(head), OptionalLong.of(64 * MIB));
    }

    private void assertAsPartxSaysIt(PartitionTable table) throws Exception {
        List<String> expected = new ArrayList<>();
        Matcher lines = PARTX.matcher(LayoutHarness.command("partx", "--pairs", "-o",
                "NR,START,SECTORS,NAME", disk.toString()));
        while (lines.find()) {
            expected.add(lines.group(1) + " " + Long.parseLong(lines.group(2)) * 512 + " "
                    + Long.parseLong(lines.group(3)) * 512 + " " + lines.group(4));
        }
        assertFalse(expected.isEmpty());
        assertEquals(expected, table.partitions().stream()
                .map(p -> p.index() + " " + p.start() + " " + p.size() + " " + p.name()).toList());
    }

    @Test
    void gptIsReadAsPartxReadsIt() throws Exception {
        threePartitions();
        PartitionTable table = read(head());
        assertEquals(Scheme.GPT, table.scheme());
        assertEquals("01234567-89AB-CDEF-0123-456789ABCDEF", table.diskId());
        assertEquals(512, table.sectorSize());
        assertEquals(List.of("EFI System", "Linux filesystem", "Linux LVM"),
                table.partitions().stream().map(Partition::type).toList());
        assertEquals(List.of(), table.warnings());
        assertAsPartxSaysIt(table);
    }

    @Test
    void mbrIsReadAsPartxReadsIt() throws Exception {
        threePartitions();
        sgdisk("--gpttombr=1:3:7");
        PartitionTable table = read(head());
        assertEquals(Scheme.MBR, table.scheme());
        assertEquals(List.of("EFI System", "Linux", "Linux LVM"),
                table.partitions().stream().map(Partition::type).toList());
        assertEquals(List.of(), table.warnings());
        assertAsPartxSaysIt(table);
        String id = LayoutHarness.command("blkid", "-p", "-s", "PTUUID", "-o", "value", disk.toString()).strip();
        assertEquals(id.equals("00000000") || id.isEmpty() ? "" : "0x" + id, table.diskId());
    }

    /** The same table as a disk with sectors of 4096 bytes has it: every LBA at its place, checksums anew. */
    @Test
    void gptWithLargeSectorsIsRead() throws Exception {
        threePartitions();
        byte[] small = head();
        byte[] large = new byte[PartitionTable.HEAD_BYTES];
        System.arraycopy(small, 0, large, 0, 512);
        System.arraycopy(small, 512, large, 4096, 92);
        System.arraycopy(small, 1024, large, 8192, 128 * 128);
        PartitionTable table = read(large);
        assertEquals(Scheme.GPT, table.scheme());
        assertEquals(4096, table.sectorSize());
        assertEquals(2048L * 4096, table.partitions().getFirst().start());
        Files.write(disk, large);
        LayoutHarness.command("truncate", "-s", "512M", disk.toString());
        String partx = LayoutHarness.command("partx", "--raw", "--noheadings", "--sector-size", "4096", "-o",
                "START", "--nr", "1", disk.toString());
        assertEquals(table.partitions().getFirst().start(), Long.parseLong(partx.strip()) * 512);
    }

    @Test
    void wrongProtectiveMbrIsAWarning() throws Exception {
        threePartitions();
        byte[] head = head();
        head[446 + 4] = (byte) 0x83;
        assertTrue(read(head).warnings().getFirst().contains("not protective"));
        head[510] = 0;
        PartitionTable table = read(head);
        assertTrue(table.warnings().getFirst().contains("protective MBR is missing"));
        assertEquals(3, table.partitions().size());
    }

    @Test
    void hybridMbrIsAWarning() throws Exception {
        threePartitions();
        sgdisk("--hybrid=1");
        assertTrue(read(head()).warnings().getFirst().contains("hybrid"));
    }

    @Test
    void tableWithAWrongChecksumIsNotBelieved() throws Exception {
        threePartitions();
        byte[] header = head();
        header[512 + 57] ^= 1;
        assertEquals(List.of("the checksum of the GPT header is wrong"), read(header).warnings());
        byte[] entries = head();
        entries[1024 + 32] ^= 1;
        PartitionTable table = read(entries);
        assertEquals(List.of("the checksum of the GPT entries is wrong"), table.warnings());
        assertEquals(List.of(), table.partitions());
    }

    @Test
    void grownDiskWithAnOldBackupTableIsAWarning() throws Exception {
        threePartitions();
        PartitionTable table = PartitionTable.read(ByteBuffer.wrap(head()), OptionalLong.of(128 * MIB));
        assertEquals(3, table.partitions().size());
        assertTrue(table.warnings().getFirst().contains("backup GPT"));
        PartitionTable shrunk = PartitionTable.read(ByteBuffer.wrap(head()), OptionalLong.of(32 * MIB));
        assertTrue(shrunk.warnings().stream().anyMatch(w -> w.contains("behind the disk")));
    }

    @Test
    void moreEntriesThanTheHeadHoldsAreReadAsFarAsItGoes() throws Exception {
        sgdisk("--resize-table=512", "--new=1:0:+1M");
        PartitionTable table = read(head());
        assertEquals(1, table.partitions().size());
        assertTrue(table.warnings().getFirst().contains("was not checked"));
    }

    /** An entry count near 2^32 in a header with a checksum that is right. */
    @Test
    void hostileEntryCountIsBounded() throws Exception {
        threePartitions();
        byte[] head = head();
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(512 + 80, -1);
        sign(bytes);
        assertEquals(3, read(head).partitions().size());
        bytes.putInt(512 + 84, 1 << 31);
        sign(bytes);
        assertEquals(List.of(), read(head).partitions());
        bytes.putInt(512 + 84, 128).putLong(512 + 72, Long.MIN_VALUE);
        sign(bytes);
        assertEquals(List.of(), read(head).partitions());
    }

    private static void sign(ByteBuffer bytes) {
        bytes.putInt(512 + 16, 0);
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 512, 92);
        bytes.putInt(512 + 16, (int) crc.getValue());
    }

    @Test
    void namesAreMadePrintable() throws Exception {
        sgdisk("--new=1:2048:+1M", "--change-name=1:a\u001bb");
        String name = read(head()).partitions().getFirst().name();
        assertTrue(name.chars().noneMatch(Character::isISOControl), name);
    }

    @Test
    void filesystemsAndEmptyDisksHaveNoTable() throws Exception {
        assertEquals(Scheme.NONE, read(head()).scheme());
        LayoutHarness.command("mkfs.ext4", "-q", "-F", disk.toString());
        assertEquals(Scheme.NONE, read(head()).scheme());
        byte[] fat = new byte[4096];
        System.arraycopy("FAT32   ".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, fat, 82, 8);
        fat[510] = 0x55;
        fat[511] = (byte) 0xAA;
        assertEquals(Scheme.NONE, read(fat).scheme());
    }

    @Test
    void luksIsReported() {
        byte[] head = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe, 0, 2};
        PartitionTable table = read(head);
        assertTrue(table.luks());
        assertEquals(Scheme.NONE, table.scheme());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyHeadGivesATable(long seed) throws Exception {
        threePartitions();
        byte[] sound = head();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] head = Arrays.copyOf(sound, random.nextInt(sound.length));
            for (int i = 0; i < 6 && head.length > 0; i++) {
                head[random.nextInt(Math.min(2048, head.length))] = (byte) random.nextInt();
            }
            if (head.length > 604 && random.nextBoolean()) {
                sign(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN));
            }
            new PartitionTableFuzzTest().anyHeadGivesATable(head);
        }
    }
}
