package io.datavolume.image.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The partition table of a disk as its first 34 KiB show it.
 *
 * @param scheme what kind of table
 * @param diskId GUID of a GPT, or the 32-bit signature of an MBR as 0x and eight digits; empty where there is none
 * @param sectorSize 512 or 4096 bytes
 * @param partitions in order of their index
 * @param luks whether the disk itself begins with a LUKS header
 * @param warnings what is suspicious, for people; never a reason to refuse
 */
public record PartitionTable(Scheme scheme, String diskId, int sectorSize, List<Partition> partitions, boolean luks,
        List<String> warnings) {

    /** Bytes of the head that tell all: a GPT of 128 entries with sectors of 4096 bytes lies within. */
    public static final int HEAD_BYTES = 34 << 10;

    private static final byte[] LUKS = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
    private static final int MAX_WARNINGS = 16;

    /** Kinds of tables. */
    public enum Scheme {
        NONE, MBR, GPT
    }

    public PartitionTable {
        partitions = List.copyOf(partitions);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a table; never fails, whatever the bytes are.
     *
     * @param head first bytes of the virtual disk, position to limit, {@link #HEAD_BYTES} where it has that many
     * @param diskSize virtual size in bytes, where known
     */
    public static PartitionTable read(ByteBuffer head, OptionalLong diskSize) {
        ByteBuffer bytes = head.slice().order(ByteOrder.LITTLE_ENDIAN);
        boolean luks = startsWith(bytes, LUKS);
        Mbr mbr = Mbr.read(bytes);
        PartitionTable table = GuidTable.read(bytes, 512, mbr, diskSize)
                .or(() -> GuidTable.read(bytes, 4096, mbr, diskSize)).orElseGet(() -> fromMbr(mbr));
        List<String> warnings = new ArrayList<>(table.warnings());
        warnings.addAll(misplaced(table.partitions(), diskSize));
        return new PartitionTable(table.scheme(), table.diskId(), table.sectorSize(), table.partitions(), luks,
                warnings.subList(0, Math.min(MAX_WARNINGS, warnings.size())));
    }

    private static PartitionTable fromMbr(Mbr mbr) {
        if (!mbr.present()) {
            return new PartitionTable(Scheme.NONE, "", Mbr.SECTOR, List.of(), false, List.of());
        }
        List<String> warnings = mbr.protective()
                ? List.of("a protective MBR stands before no valid GPT")
                : List.of();
        return new PartitionTable(Scheme.MBR, mbr.diskId(), Mbr.SECTOR, mbr.partitions(), false, warnings);
    }

    private static List<String> misplaced(List<Partition> partitions, OptionalLong diskSize) {
        List<String> warnings = new ArrayList<>();
        List<Partition> ordered = partitions.stream().sorted(Comparator.comparingLong(Partition::start)).toList();
        long end = 0;
        for (Partition partition : ordered) {
            if (diskSize.isPresent() && partition.end() > diskSize.getAsLong()) {
                warnings.add("partition " + partition.index() + " ends at byte " + partition.end()
                        + ", behind the disk of " + diskSize.getAsLong() + " bytes");
            }
            if (partition.start() < end) {
                warnings.add("partition " + partition.index() + " overlaps another one");
            }
            end = Math.max(end, partition.end());
        }
        return warnings;
    }

    private static boolean startsWith(ByteBuffer bytes, byte[] magic) {
        return bytes.limit() >= magic.length
                && bytes.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    /** A name from a disk, fit to be shown. */
    static String printable(byte[] utf16) {
        String text = new String(utf16, StandardCharsets.UTF_16LE);
        int end = text.indexOf('\0');
        StringBuilder clean = new StringBuilder();
        (end < 0 ? text : text.substring(0, end)).codePoints().forEach(c -> clean.appendCodePoint(
                Character.isISOControl(c) || !Character.isDefined(c) || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE ? '?' : c));
        return clean.toString();
    }
}
