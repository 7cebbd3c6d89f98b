package io.datavolume.image.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The bytes of a VHDX that qemu-img made with a log of 1 MiB: a test changes them, and the checksums are set right
 * again.
 */
record VhdxBytes(byte[] array) {

    static final int LOG = 1 << 20;
    static final int BLOCK_TABLE = 2 << 20;
    static final int METADATA = 3 << 20;
    static final int ITEMS = METADATA + (64 << 10);

    private static final int SECTOR = 4096;
    private static final long GUID = 0x1122334455667788L;

    /** A change of the log: 4096 bytes for an offset, or null for zeros of the given length. */
    record Change(long offset, long length, byte[] content) {

        static Change write(long offset, byte[] content) {
            return new Change(offset, content.length, content);
        }

        static Change zero(long offset, long length) {
            return new Change(offset, length, new byte[0]);
        }
    }

    static VhdxBytes of(Path image) throws IOException {
        return new VhdxBytes(Files.readAllBytes(image));
    }

    ByteBuffer at(int offset, int length) {
        return ByteBuffer.wrap(array, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of one sector with a change. */
    byte[] changed(int offset, Consumer<ByteBuffer> change) {
        byte[] copy = Arrays.copyOfRange(array, offset, offset + SECTOR);
        change.accept(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
        return copy;
    }

    void headers(Consumer<ByteBuffer> change) {
        for (int offset : List.of(64 << 10, 128 << 10)) {
            change.accept(at(offset, SECTOR));
            seal(at(offset, SECTOR));
        }
    }

    void regionTables(Consumer<ByteBuffer> change) {
        for (int offset : List.of(192 << 10, 256 << 10)) {
            change.accept(at(offset, 64 << 10));
            seal(at(offset, 64 << 10));
        }
    }

    void metadata(Consumer<ByteBuffer> change) {
        change.accept(at(METADATA, 1 << 20));
    }

    void blocks(Consumer<ByteBuffer> change) {
        change.accept(at(BLOCK_TABLE, 1 << 20));
    }

    /** Makes the headers say that the log must be replayed. */
    void markDirty() {
        headers(b -> b.putLong(48, GUID).putLong(56, GUID));
    }

    /** Writes an entry to the ring, at a log sector, and returns the sector behind it. */
    int logEntry(int sector, int tail, long sequence, Change... changes) {
        return logEntry(sector, tail, sequence, b -> {}, changes);
    }

    /** @param spoil changes the entry before its checksum is set */
    int logEntry(int sector, int tail, long sequence, Consumer<ByteBuffer> spoil, Change... changes) {
        byte[] bytes = entry(tail, sequence, spoil, changes);
        int sectors = LOG / SECTOR;
        for (int i = 0; i < bytes.length / SECTOR; i++) {
            System.arraycopy(bytes, i * SECTOR, array, LOG + (sector + i) % sectors * SECTOR, SECTOR);
        }
        return (sector + bytes.length / SECTOR) % sectors;
    }

    private byte[] entry(int tail, long sequence, Consumer<ByteBuffer> spoil, Change... changes) {
        long data = Arrays.stream(changes).filter(change -> change.content().length > 0).count();
        byte[] bytes = new byte[(int) (1 + data) * SECTOR];
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        b.put("loge".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(bytes.length).putInt(tail * SECTOR)
                .putLong(sequence).putInt(changes.length).putInt(0).putLong(GUID).putLong(GUID)
                .putLong(array.length).putLong(array.length);
        int sector = SECTOR;
        for (Change change : changes) {
            if (change.content().length == 0) {
                b.put("zero".getBytes(StandardCharsets.US_ASCII)).putInt(0).putLong(change.length());
            } else {
                ByteBuffer content = ByteBuffer.wrap(change.content()).order(ByteOrder.LITTLE_ENDIAN);
                b.put("desc".getBytes(StandardCharsets.US_ASCII)).putInt(content.getInt(SECTOR - 4))
                        .putLong(content.getLong(0));
                b.put(sector + 8, change.content(), 8, SECTOR - 12);
                b.put(sector, "data".getBytes(StandardCharsets.US_ASCII));
                b.putInt(sector + 4, (int) (sequence >>> 32)).putInt(sector + SECTOR - 4, (int) sequence);
                sector += SECTOR;
            }
            b.putLong(change.offset()).putLong(sequence);
        }
        spoil.accept(b);
        seal(b);
        return bytes;
    }

    private static void seal(ByteBuffer b) {
        b.putInt(4, 0);
        CRC32C crc = new CRC32C();
        crc.update(b.slice(0, b.capacity()));
        b.putInt(4, (int) crc.getValue());
    }
}
