package io.datavolume.importer.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Whatever a journal holds, it is read as far as it can be relied on; nothing is thrown. */
class JournalFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyJournalIsReadAsFarAsItIsSound(byte[] bytes) throws IOException {
        found(bytes);
        for (JournalRecord record : found(framed(bytes))) {
            assertTrue(numbers(record).allMatch(Objects::nonNull), record.toString());
        }
    }

    private static Stream<Long> numbers(JournalRecord record) {
        return switch (record) {
            case JournalRecord.Ranges r -> Stream.concat(r.starts().stream(), r.ends().stream());
            case JournalRecord.Written w -> Stream.concat(w.starts().stream(), w.ends().stream());
            case JournalRecord.Position p -> p.spill().stream();
            default -> Stream.empty();
        };
    }

    private static byte[] framed(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return ByteBuffer.allocate(2 * Integer.BYTES + body.length).putInt(body.length).putInt((int) crc.getValue())
                .put(body).array();
    }

    private static List<JournalRecord> found(byte[] content) throws IOException {
        Path file = Files.createTempFile("cdi-journal-", ".fuzz");
        try {
            Files.write(file, content);
            try (JournalFile journal = JournalFile.open(file)) {
                return journal.found();
            }
        } finally {
            Files.delete(file);
        }
    }
}
