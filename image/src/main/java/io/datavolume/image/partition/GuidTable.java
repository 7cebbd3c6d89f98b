package io.datavolume.image.partition;

import io.datavolume.image.partition.PartitionTable.Scheme;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The primary GUID partition table
 * (<a href="https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html">UEFI 2.10, 5.3</a>), all
 * little endian. A table whose checksums are wrong is reported and not believed.
 */
final class GuidTable {

    private static final long SIGNATURE = 0x5452415020494645L; // "EFI PART"
    private static final int HEADER_MIN = 92;
    private static final int MAX_ENTRIES = 4096;
    private static final int MIN_ENTRY = 128;
    private static final int MAX_ENTRY = 4096;
    private static final int NAME_AT = 56;
    private static final int NAME_LENGTH = 72;

    private final ByteBuffer head;
    private final int sector;
    private final OptionalLong diskSize;
    private final List<String> warnings = new ArrayList<>();

    private GuidTable(ByteBuffer head, int sector, OptionalLong diskSize) {
        this.head = head;
        this.sector = sector;
        this.diskSize = diskSize;
    }

    /** @return empty where no GPT header stands in the second sector of this size */
    static Optional<PartitionTable> read(ByteBuffer head, int sector, Mbr mbr, OptionalLong diskSize) {
        if (head.limit() < sector + HEADER_MIN || head.getLong(sector) != SIGNATURE) {
            return Optional.empty();
        }
        GuidTable table = new GuidTable(head, sector, diskSize);
        if (!mbr.protectiveFault().isEmpty()) {
            table.warnings.add(mbr.protectiveFault());
        }
        List<Partition> partitions = table.headerIsSound() ? table.entries() : List.of();
        return Optional.of(new PartitionTable(Scheme.GPT, guid(head, sector + 56).toString().toUpperCase(Locale.ROOT),
                sector, partitions, false, table.warnings));
    }

    private boolean headerIsSound() {
        long size = Integer.toUnsignedLong(head.getInt(sector + 12));
        if (size < HEADER_MIN || size > sector || head.limit() < sector + size) {
            warnings.add("the GPT header has the impossible size " + size);
            return false;
        }
        byte[] header = new byte[(int) size];
        head.get(sector, header);
        // The checksum is computed with its own field as zeros.
        for (int i = 16; i < 20; i++) {
            header[i] = 0;
        }
        if (crc(header) != head.getInt(sector + 16)) {
            warnings.add("the checksum of the GPT header is wrong");
            return false;
        }
        if (head.getLong(sector + 24) != 1) {
            warnings.add("the GPT header says that it stands at sector "
                    + Long.toUnsignedString(head.getLong(sector + 24)));
        }
        checkBackup(head.getLong(sector + 32));
        return true;
    }

    private void checkBackup(long backup) {
        if (diskSize.isPresent() && backup != diskSize.getAsLong() / sector - 1) {
            warnings.add("the backup GPT is said to be at sector " + Long.toUnsignedString(backup)
                    + ", which is not the last one of the disk");
        }
    }

    private List<Partition> entries() {
        long first = head.getLong(sector + 72);
        long count = Integer.toUnsignedLong(head.getInt(sector + 80));
        long size = Integer.toUnsignedLong(head.getInt(sector + 84));
        if (size < MIN_ENTRY || size > MAX_ENTRY || Long.bitCount(size) != 1) {
            warnings.add("GPT entries have the impossible size " + size);
            return List.of();
        }
        if (count > MAX_ENTRIES) {
            warnings.add("the GPT has " + count + " entries; the first " + MAX_ENTRIES + " are looked at");
        }
        if (first < 2 || first >= head.limit() / sector) {
            warnings.add("the GPT entries stand at sector " + Long.toUnsignedString(first)
                    + ", which is not in the head of the disk");
            return List.of();
        }
        int base = (int) first * sector;
        long available = Math.min(Math.min(count, MAX_ENTRIES), (head.limit() - base) / size);
        if (available == count) {
            byte[] array = new byte[(int) (count * size)];
            head.get(base, array);
            if (crc(array) != head.getInt(sector + 88)) {
                warnings.add("the checksum of the GPT entries is wrong");
                return List.of();
            }
        } else {
            warnings.add(
                    "the checksum of the GPT entries was not checked: not all of them are in the head of the disk");
        }
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < available; i++) {
            entry(i + 1, base + i * (int) size).ifPresent(partitions::add);
        }
        return partitions;
    }

    private Optional<Partition> entry(int index, int at) {
        UUID type = guid(head, at);
        if (type.getMostSignificantBits() == 0 && type.getLeastSignificantBits() == 0) {
            return Optional.empty();
        }
        long first = head.getLong(at + 32);
        long last = head.getLong(at + 40);
        if (first < 0 || last < first || last >= Long.MAX_VALUE / sector) {
            warnings.add("partition " + index + " has impossible bounds");
            return Optional.empty();
        }
        byte[] name = new byte[NAME_LENGTH];
        head.get(at + NAME_AT, name);
        return Optional.of(new Partition(index, PartitionTypes.name(type), PartitionTable.printable(name),
                first * sector, (last - first + 1) * sector));
    }

    /** The first three fields of a GUID are little endian, the rest is not (UEFI 2.10, appendix A). */
    private static UUID guid(ByteBuffer head, int at) {
        long high = Integer.toUnsignedLong(head.getInt(at)) << 32
                | (head.getShort(at + 4) & 0xFFFFL) << 16
                | head.getShort(at + 6) & 0xFFFFL;
        return new UUID(high, Long.reverseBytes(head.getLong(at + 8)));
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
