package io.datavolume.image.vhdx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The content of the log: a ring of sectors of 4096 bytes. Sector numbers past the end begin again. */
final class LogSectors {

    static final int SECTOR = 4096;

    /** Entries that overlap would be summed again and again; intact logs need no more than two passes. */
    private static final int MAX_PASSES = 8;

    private final ByteBuffer bytes;
    private final UUID guid;
    private long toCheck;
    private String fault = "";

    /** @param guid what the header says that entries must carry */
    LogSectors(byte[] content, UUID guid) {
        this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        this.guid = guid;
        this.toCheck = (long) MAX_PASSES * count();
    }

    int count() {
        return bytes.limit() / SECTOR;
    }

    int length() {
        return bytes.limit();
    }

    ByteBuffer sector(int number) {
        return bytes.slice(number % count() * SECTOR, SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number at an offset from the beginning of a sector; it may lie in a following one. */
    int getInt(int sector, int at) {
        return bytes.getInt(index(sector, at));
    }

    long getLong(int sector, int at) {
        return bytes.getLong(index(sector, at));
    }

    void copy(int sector, int at, byte[] to, int offset, int length) {
        bytes.get(index(sector, at), to, offset, length);
    }

    private int index(int sector, int at) {
        return (int) (((long) sector * SECTOR + at) % bytes.limit());
    }

    boolean isOwn(int sector, int at) {
        return Fields.guid(bytes, index(sector, at)).equals(guid);
    }

    /** Whether so many more sectors may be summed. */
    boolean mayCheck(int sectors) {
        toCheck -= sectors;
        return toCheck >= 0;
    }

    /** Remembers the first thing that is wrong. */
    @Nullable
    LogEntry broken(int sector, String what) {
        if (fault.isEmpty()) {
            fault = "the entry at byte " + (long) sector * SECTOR + " of the log is broken: " + what;
        }
        return null;
    }

    String fault() {
        return fault;
    }
}
