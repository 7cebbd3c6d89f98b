package io.datavolume.image.partition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The master boot record: four entries in the first sector
 * (<a href="https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html">UEFI 2.10, 5.2</a>). Logical
 * partitions inside extended ones are not followed.
 *
 * @param present whether the sector is a boot record with a table, and not the boot sector of a filesystem
 * @param diskId disk signature, 0x and eight digits; empty where it is 0
 * @param entries those in use
 */
record Mbr(boolean present, String diskId, List<Entry> entries) {

    static final int SECTOR = 512;

    private static final int SIGNATURE_AT = 510;
    private static final int SIGNATURE = 0xAA55;
    private static final int DISK_ID_AT = 440;
    private static final int TABLE_AT = 446;
    private static final int ENTRY = 16;
    private static final int ENTRIES = 4;
    private static final int PROTECTIVE = 0xEE;
    private static final int ACTIVE = 0x80;

    private static final Set<String> FILESYSTEMS = Set.of("NTFS    ", "EXFAT   ");
    private static final Map<Integer, String> TYPES = Map.ofEntries(Map.entry(0x01, "FAT12"),
            Map.entry(0x05, "Extended"), Map.entry(0x06, "FAT16"), Map.entry(0x07, "NTFS or exFAT"),
            Map.entry(0x0b, "FAT32"), Map.entry(0x0c, "FAT32 (LBA)"), Map.entry(0x0e, "FAT16 (LBA)"),
            Map.entry(0x0f, "Extended (LBA)"), Map.entry(0x82, "Linux swap"), Map.entry(0x83, "Linux"),
            Map.entry(0x85, "Linux extended"), Map.entry(0x8e, "Linux LVM"), Map.entry(0xa5, "FreeBSD"),
            Map.entry(0xa6, "OpenBSD"), Map.entry(0xa9, "NetBSD"), Map.entry(PROTECTIVE, "GPT protective"),
            Map.entry(0xef, "EFI System"), Map.entry(0xfd, "Linux RAID"));

    /** One entry in use; start and count in sectors, 0 to 2^32 - 1. */
    record Entry(int index, int type, long start, long count) {}

    static Mbr read(ByteBuffer head) {
        if (head.limit() < SECTOR || (head.getShort(SIGNATURE_AT) & 0xFFFF) != SIGNATURE || isFilesystem(head)) {
            return new Mbr(false, "", List.of());
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            int at = TABLE_AT + i * ENTRY;
            int status = head.get(at) & 0xFF;
            if (status != 0 && status != ACTIVE) {
                return new Mbr(false, "", List.of());
            }
            int type = head.get(at + 4) & 0xFF;
            long count = Integer.toUnsignedLong(head.getInt(at + 12));
            if (type != 0 && count != 0) {
                entries.add(new Entry(i + 1, type, Integer.toUnsignedLong(head.getInt(at + 8)), count));
            }
        }
        int id = head.getInt(DISK_ID_AT);
        return new Mbr(true, id == 0 ? "" : String.format("0x%08x", id), List.copyOf(entries));
    }

    private static boolean isFilesystem(ByteBuffer head) {
        return FILESYSTEMS.contains(text(head, 3, 8)) || text(head, 54, 3).equals("FAT")
                || text(head, 82, 5).equals("FAT32");
    }

    private static String text(ByteBuffer head, int at, int length) {
        byte[] bytes = new byte[length];
        head.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    boolean protective() {
        return entries.stream().anyMatch(entry -> entry.type() == PROTECTIVE);
    }

    /** What is wrong with it as the MBR before a GPT; empty when nothing is. */
    String protectiveFault() {
        if (!present) {
            return "the protective MBR is missing";
        }
        if (!protective()) {
            return "the MBR before the GPT is not protective";
        }
        if (entries.size() > 1) {
            return "the protective MBR names other partitions too (hybrid MBR)";
        }
        return entries.getFirst().start() == 1
                ? ""
                : "the protective MBR begins at sector " + entries.getFirst().start() + " instead of 1";
    }

    List<Partition> partitions() {
        return entries.stream().map(entry -> new Partition(entry.index(),
                TYPES.getOrDefault(entry.type(), String.format("type 0x%02x", entry.type())), "",
                entry.start() * SECTOR, entry.count() * SECTOR)).toList();
    }
}
