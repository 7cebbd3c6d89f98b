package io.datavolume.image.vhdx;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One intact entry of the log ([MS-VHDX] 2.3.1): header, descriptors and data sectors are checked.
 *
 * @param sector first log sector
 * @param sectors length in log sectors, 1 or more
 * @param tail log sector where the sequence begins that this entry ends
 * @param sequence above 0
 * @param descriptors all of them stand inside the entry
 * @param flushed bytes that the file had when the entry was written
 */
record LogEntry(int sector, int sectors, long tail, long sequence, int descriptors, long flushed) {

    static final int HEADER = 64;
    static final int DESCRIPTOR = 32;
    static final int DATA_DESCRIPTOR = 0x63736564; // "desc"
    static final int ZERO_DESCRIPTOR = 0x6f72657a; // "zero"

    private static final int SIGNATURE = 0x65676f6c; // "loge"
    private static final int DATA_SIGNATURE = 0x61746164; // "data"

    /** Null where no intact entry of this log begins; what is wrong goes to {@code log} where there seems to be one. */
    static @Nullable LogEntry read(LogSectors log, int sector) {
        if (log.getInt(sector, 0) != SIGNATURE || !log.isOwn(sector, 32)) {
            return null;
        }
        long length = Integer.toUnsignedLong(log.getInt(sector, 8));
        long tail = Integer.toUnsignedLong(log.getInt(sector, 12));
        long sequence = log.getLong(sector, 16);
        long descriptors = Integer.toUnsignedLong(log.getInt(sector, 24));
        if (length == 0 || length % LogSectors.SECTOR != 0 || length > log.length()) {
            return log.broken(sector, "its length of " + length + " bytes does not fit the log");
        }
        if (sequence <= 0 || tail % LogSectors.SECTOR != 0 || tail >= log.length()) {
            return log.broken(sector, "its sequence number " + sequence + " or its tail " + tail + " is wrong");
        }
        if (HEADER + descriptors * DESCRIPTOR > length) {
            return log.broken(sector, "its " + descriptors + " descriptors are longer than its " + length + " bytes");
        }
        LogEntry entry = new LogEntry(sector, (int) (length / LogSectors.SECTOR), tail / LogSectors.SECTOR, sequence,
                (int) descriptors, log.getLong(sector, 48));
        if (!log.mayCheck(entry.sectors) || !entry.isIntact(log)) {
            return log.broken(sector, "its checksum is wrong");
        }
        return entry.hasSoundDescriptors(log) ? entry : log.broken(sector, "its descriptors are wrong");
    }

    private boolean isIntact(LogSectors log) {
        CRC32C crc = new CRC32C();
        Fields.updateFirst(crc, log.sector(sector));
        for (int i = 1; i < sectors; i++) {
            crc.update(log.sector(sector + i));
        }
        return (int) crc.getValue() == log.getInt(sector, 4);
    }

    /** Sectors of header and descriptors. */
    private int descriptorSectors() {
        return (int) ((HEADER + (long) descriptors * DESCRIPTOR + LogSectors.SECTOR - 1) / LogSectors.SECTOR);
    }

    private boolean hasSoundDescriptors(LogSectors log) {
        int data = sector + descriptorSectors();
        for (int i = 0; i < descriptors; i++) {
            int at = HEADER + i * DESCRIPTOR;
            int signature = log.getInt(sector, at);
            long length = log.getLong(sector, at + 8);
            long offset = log.getLong(sector, at + 16);
            boolean isData = signature == DATA_DESCRIPTOR;
            boolean isZero = signature == ZERO_DESCRIPTOR && length >= 0 && length % LogSectors.SECTOR == 0;
            if (!isData && !isZero || log.getLong(sector, at + 24) != sequence || offset < 0
                    || offset % LogSectors.SECTOR != 0 || isData && !isData(log, data)) {
                return false;
            }
            data += isData ? 1 : 0;
        }
        return data <= sector + sectors;
    }

    private boolean isData(LogSectors log, int data) {
        return data < sector + sectors && log.getInt(data, 0) == DATA_SIGNATURE
                && log.getInt(data, 4) == (int) (sequence >>> Integer.SIZE)
                && log.getInt(data, LogSectors.SECTOR - 4) == (int) sequence;
    }

    /** Adds what the entry changes to the overlay, in its order. */
    void apply(LogSectors log, LogOverlay overlay) {
        int data = sector + descriptorSectors();
        for (int i = 0; i < descriptors; i++) {
            int at = HEADER + i * DESCRIPTOR;
            long offset = log.getLong(sector, at + 16);
            if (log.getInt(sector, at) == ZERO_DESCRIPTOR) {
                overlay.zero(offset, log.getLong(sector, at + 8));
            } else {
                int content = data++;
                overlay.write(offset, () -> content(log, at, content));
            }
        }
    }

    /** A data sector gave its first eight and last four bytes to the descriptor. */
    private byte[] content(LogSectors log, int at, int data) {
        byte[] content = new byte[LogSectors.SECTOR];
        log.sector(data).get(0, content);
        log.copy(sector, at + 8, content, 0, 8);
        log.copy(sector, at + 4, content, LogSectors.SECTOR - 4, 4);
        return content;
    }
}
