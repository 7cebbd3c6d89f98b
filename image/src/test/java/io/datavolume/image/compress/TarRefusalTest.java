package io.datavolume.image.compress;

import static io.datavolume.image.compress.Packed.refused;
import static io.datavolume.image.compress.Packed.unpack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives with one disk are read, others refused. Nothing of an archive but the disk's bytes is ever used. */
class TarRefusalTest {

    private static final byte[] DISK = Packed.content(70_000);

    private static final ZipEncoding ENCODING = ZipEncodingHelper.getZipEncoding("UTF-8");

    @TempDir
    Path folder;

    @BeforeEach
    void writeDisk() throws IOException {
        Files.write(folder.resolve("disk.img"), DISK);
    }

    /** What GNU tar makes of files in the folder. */
    private byte[] tar(String arguments) throws Exception {
        Path archive = folder.resolve("archive.tar");
        LayoutHarness.command("bash", "-c", "cd '" + folder + "' && tar -cf archive.tar " + arguments);
        return Files.readAllBytes(archive);
    }

    /** A header that GNU tar would not write. */
    private static byte[] header(String name, byte type, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setSize(size);
        if (entry.isSymbolicLink() || entry.isLink()) {
            entry.setLinkName("/etc/shadow");
        }
        byte[] header = new byte[TarRecords.RECORD];
        entry.writeEntryHeader(header, ENCODING, true);
        return header;
    }

    /** An archive of an empty entry and the disk behind it. */
    private byte[] before(String name, byte type) throws Exception {
        return Packed.joined(header(name, type, 0), tar("disk.img"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.img", "--format=ustar disk.img", "--format=pax disk.img", "--format=v7 disk.img",
        "-z disk.img", "-J disk.img", "--sparse disk.img"})
    void diskInAnArchiveIsRead(String arguments) throws Exception {
        byte[] archive = tar(arguments);
        // Version 7 has no magic by which it could be known; then the archive is a raw disk.
        assertArrayEquals(arguments.contains("v7") ? archive : DISK, unpack(archive));
    }

    @Test
    void descriptionsBesideTheDiskAreIgnored() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/disk.ovf"), "<Envelope/>");
        Files.createSymbolicLink(folder.resolve("latest"), Path.of("disk.img"));
        assertArrayEquals(DISK, unpack(tar("sub latest disk.img")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/disk.img", "../disk.img", "a/../../disk.img", "/etc/passwd.txt", "x/.."})
    void entryPathThatLeavesTheArchiveIsRefused(String name) throws Exception {
        assertEquals(List.of("entry-path"), refused(before(name, TarConstants.LF_NORMAL)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "6"})
    void diskThatIsALinkOrADeviceIsRefused(char type) throws Exception {
        assertEquals(List.of("entry-type"), refused(before("other.qcow2", (byte) type)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "6"})
    void otherLinksAndDevicesAreNotFollowedNorMade(char type) throws Exception {
        assertArrayEquals(DISK, unpack(before("console", (byte) type)));
    }

    @Test
    void secondDiskIsRefusedWhateverItsPlace() throws Exception {
        Files.write(folder.resolve("second.qcow2"), new byte[1000]);
        assertEquals(List.of("one-disk"), refused(tar("disk.img second.qcow2")));
        assertEquals(List.of("one-disk"), refused(tar("second.qcow2 disk.img")));
    }

    @Test
    void archiveWithoutADiskIsRefused() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "nothing");
        assertEquals(List.of("one-disk"), refused(tar("a.txt")));
    }

    @Test
    void moreBytesBesideTheDiskThanTheBoundAreRefusedBeforeTheyAreRead() throws Exception {
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> unpack(header("notes.txt", TarConstants.LF_NORMAL, TarBounds.MAX_BYTES + 1)));
        assertEquals("entry-limit", refusal.violations().getFirst().check());
    }

    @Test
    void moreEntriesBesideTheDiskThanTheBoundAreRefused() throws Exception {
        byte[] entry = header("d/", TarConstants.LF_DIR, 0);
        byte[] archive = new byte[(TarBounds.MAX_ENTRIES + 1) * TarRecords.RECORD];
        for (int at = 0; at < archive.length; at += entry.length) {
            System.arraycopy(entry, 0, archive, at, entry.length);
        }
        assertEquals(List.of("entry-limit"), refused(archive));
    }

    @Test
    void headersOfOneEntryWithoutEndAreRefused() throws Exception {
        Files.write(folder.resolve("disk.img"), DISK);
        byte[] archive = tar("--format=pax --pax-option=comment:=" + "x".repeat(100_000) + " disk.img");
        assertArrayEquals(DISK, unpack(archive));
        byte[] huge = header("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, 2L << 20);
        byte[] name = new byte[3 << 20];
        Arrays.fill(name, (byte) 'x');
        assertEquals(List.of("entry-header"), refused(Packed.joined(huge, name)));
    }

    @Test
    void truncatedArchiveIsRefused() throws Exception {
        byte[] archive = tar("disk.img");
        for (int length : new int[]{TarRecords.RECORD, 40_000, TarRecords.RECORD + 70_000}) {
            assertEquals(List.of("truncated"), refused(Arrays.copyOf(archive, length)), length + " bytes");
        }
    }

    @Test
    void bytesBehindTheArchiveAreRefused() throws Exception {
        byte[] archive = Packed.joined(tar("disk.img"), "garbage".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of("trailing-garbage"), refused(archive));
    }

    /** The first 72 bytes of a version 2 qcow2 header are a file name to tar. */
    @Test
    void archiveThatIsAlsoQcow2IsRefused() throws Exception {
        byte[] archive = tar("disk.img");
        System.arraycopy(new byte[]{'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 2}, 0, archive, 0, 8);
        int sum = 0;
        for (int i = 0; i < TarRecords.RECORD; i++) {
            sum += i >= 148 && i < 156 ? ' ' : archive[i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, archive, 148, 8);
        assertEquals(List.of("polyglot"), refused(archive));
    }
}
