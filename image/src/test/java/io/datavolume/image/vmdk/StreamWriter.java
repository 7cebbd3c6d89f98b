package io.datavolume.image.vmdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Writes stream-optimized images as ovftool and vSphere do, which qemu-img cannot: without knowing the tables
 * before the grains, so that they, the directory and the footer follow. Tests let qemu-img read the result first.
 */
final class StreamWriter {

    static final int SECTOR = 512;
    static final int GRAIN_SECTORS = 128;
    static final int GRAIN = GRAIN_SECTORS * SECTOR;
    static final int ENTRIES = 512;
    static final int OVERHEAD = 16;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final long capacity;
    private final ByteBuffer directory;
    private ByteBuffer table = newTable();
    private int tableIndex;
    private int directorySector;

    StreamWriter(long capacity) throws IOException {
        this.capacity = capacity;
        int tables = Math.toIntExact((capacity - 1) / (GRAIN_SECTORS * ENTRIES) + 1);
        this.directory = ByteBuffer.allocate((tables * 4 + SECTOR - 1) / SECTOR * SECTOR)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.write(header(-1));
        out.write(Arrays.copyOf(descriptor(capacity).getBytes(StandardCharsets.UTF_8), (OVERHEAD - 1) * SECTOR));
    }

    /** A whole disk, as it should be. */
    static byte[] disk(byte[] raw) throws IOException {
        StreamWriter writer = new StreamWriter(raw.length / SECTOR);
        for (int at = 0; at < raw.length; at += GRAIN) {
            byte[] grain = Arrays.copyOfRange(raw, at, at + GRAIN);
            if (!Arrays.equals(grain, new byte[GRAIN])) {
                writer.grain(at / SECTOR, grain);
            }
        }
        return writer.directory().footer().end();
    }

    static String descriptor(long capacity) {
        return """
                # Disk DescriptorFile
                version=1
                CID=7f3a09bc
                parentCID=ffffffff
                isNativeSnapshot="no"
                createType="streamOptimized"

                # Extent description
                RDONLY %d SPARSE "generated-stream.vmdk"

                # The Disk Data Base
                #DDB

                ddb.adapterType = "lsilogic"
                ddb.comment = ""
                ddb.geometry.cylinders = "2"
                ddb.longContentID = "0123456789abcdef0123456789abcdef"
                ddb.uuid.parent="00000000-0000-0000-0000-000000000000"
                """.formatted(capacity);
    }

    StreamWriter grain(long sector, byte[] content) throws IOException {
        int index = (int) (sector / GRAIN_SECTORS / ENTRIES);
        if (index != tableIndex) {
            table();
            tableIndex = index;
        }
        table.putInt((int) (sector / GRAIN_SECTORS % ENTRIES) * 4, out.size() / SECTOR);
        return strayGrain(sector, content);
    }

    /** A grain that no table names. */
    StreamWriter strayGrain(long sector, byte[] content) throws IOException {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] stored = new byte[content.length + 1024];
        int length = deflater.deflate(stored);
        deflater.end();
        out.write(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(sector).putInt(length).array());
        out.write(stored, 0, length);
        return pad();
    }

    /** Ends the present grain table, if it names a grain. */
    StreamWriter table() throws IOException {
        if (!Arrays.equals(table.array(), new byte[ENTRIES * 4])) {
            marker(4, 1);
            directory.putInt(tableIndex * 4, out.size() / SECTOR);
            out.write(table.array());
            table = newTable();
        }
        return this;
    }

    StreamWriter directory() throws IOException {
        table();
        marker(directory.capacity() / SECTOR, 2);
        directorySector = out.size() / SECTOR;
        out.write(directory.array());
        return this;
    }

    StreamWriter footer() throws IOException {
        marker(1, 3);
        out.write(header(directorySector));
        return this;
    }

    StreamWriter footer(byte[] other) throws IOException {
        marker(1, 3);
        out.write(other);
        return this;
    }

    byte[] end() throws IOException {
        marker(0, 0);
        return out.toByteArray();
    }

    StreamWriter marker(long value, int type) throws IOException {
        out.write(ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN).putLong(value).putInt(0).putInt(type)
                .array());
        return this;
    }

    byte[] header(long directoryOffset) {
        return ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN).putInt(0x564d444b).putInt(3).putInt(0x30001)
                .putLong(capacity).putLong(GRAIN_SECTORS).putLong(1).putLong(OVERHEAD - 1).putInt(ENTRIES).putLong(0)
                .putLong(directoryOffset).putLong(OVERHEAD).put((byte) 0).putInt(0x0a0d200a).putShort((short) 1)
                .array();
    }

    int directorySector() {
        return directorySector;
    }

    private StreamWriter pad() {
        out.writeBytes(new byte[(SECTOR - out.size() % SECTOR) % SECTOR]);
        return this;
    }

    private static ByteBuffer newTable() {
        return ByteBuffer.allocate(ENTRIES * 4).order(ByteOrder.LITTLE_ENDIAN);
    }
}
