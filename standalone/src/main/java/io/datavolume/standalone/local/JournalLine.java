package io.datavolume.standalone.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One change as a line of text: the CRC-32C of the rest in eight hexadecimal digits, a space, JSON. */
final class JournalLine {

    private static final int START = 9;
    private static final int HEX = 16;

    private JournalLine() {}

    static byte[] write(Change change) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        head.put("revision", change.revision());
        head.put("resource", change.ref().resource());
        if (change.after().isEmpty()) {
            head.put("namespace", change.ref().key().namespace());
            head.put("deleted", change.ref().key().name());
        }
        byte[] first = Json.bytes(head);
        // The object is JSON already: it becomes the last member of the head.
        byte[] name = change.after().isPresent() ? ",\"object\":".getBytes(StandardCharsets.US_ASCII) : new byte[0];
        byte[] object = change.after().map(Stored::json).orElse(new byte[0]);
        ByteBuffer line = ByteBuffer.allocate(START + first.length + name.length + object.length + 1);
        line.position(START);
        line.put(first, 0, first.length - 1).put(name).put(object).put((byte) '}').put((byte) '\n');
        line.put(0, "%08x ".formatted(checksum(line.array(), line.capacity() - 1)).getBytes(StandardCharsets.US_ASCII));
        return line.array();
    }

    /** What a line without its end says; empty for one that was not written whole, or is damaged. */
    static Optional<Change> read(byte[] line) {
        if (line.length <= START || line[START - 1] != ' ') {
            return Optional.empty();
        }
        String digits = new String(line, 0, START - 1, StandardCharsets.US_ASCII);
        try {
            if (Long.parseLong(digits, HEX) != checksum(line, line.length)) {
                return Optional.empty();
            }
            return Optional.of(Change.of(Arrays.copyOfRange(line, START, line.length)));
        } catch (NumberFormatException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static long checksum(byte[] line, int end) {
        CRC32C crc = new CRC32C();
        crc.update(line, START, end - START);
        return crc.getValue();
    }
}
