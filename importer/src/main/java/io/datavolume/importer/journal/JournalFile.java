package io.datavolume.importer.journal;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.volume.OutOfSpace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of records that are only appended: length u32, CRC-32C u32, JSON. What is read is distrusted: the first
 * record that is cut, damaged or not understood ends the journal there. Locked while it is open.
 */
public final class JournalFile implements Closeable {

    private static final int HEADER = 2 * Integer.BYTES;
    private static final int MAX_RECORD = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

    private final Path path;
    private final FileChannel channel;
    private final String boot = BootId.current();
    private final List<JournalRecord> found = new ArrayList<>();
    private long end;

    private JournalFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        readRecords();
    }

    /** @throws NeedsUserException when another process has it open, or it may not be written */
    public static JournalFile open(Path path) throws IOException {
        FileChannel channel = create(path);
        try {
            if (tryLock(channel) == null) {
                throw new NeedsUserException(NeedsUserException.Reason.TARGET,
                        "The target is being written by another process (it holds " + path
                                + "); wait for it, or end it");
            }
            return new JournalFile(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel create(Path path) throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new NeedsUserException(NeedsUserException.Reason.TARGET, "Tried to write the journal of the import"
                    + " but this user may not create or write " + path + ": change the permissions of the folder", e);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new NeedsUserException(NeedsUserException.Reason.TARGET, "Tried to write the journal of the import"
                    + " to " + path + " but failed: " + e.getReason() + "; choose another folder for the target", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The run of the machine, for records of what is not synced; empty where there must be none. */
    String boot() {
        return boot;
    }

    /** Records that earlier runs left, in order, without those that the machine's end has made untrue. */
    public List<JournalRecord> found() {
        return List.copyOf(found);
    }

    private void readRecords() throws IOException {
        long size = channel.size();
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        while (end + HEADER <= size) {
            readFully(header.clear(), end);
            int length = header.getInt(0);
            if (length <= 0 || length > MAX_RECORD || end + HEADER + length > size) {
                return;
            }
            ByteBuffer body = ByteBuffer.allocate(length);
            readFully(body, end + HEADER);
            if (crc(body.flip()) != header.getInt(Integer.BYTES) || !add(body.array())) {
                return;
            }
            end += HEADER + length;
        }
    }

    private boolean add(byte[] body) {
        try {
            JournalRecord record = JSON.readValue(body, JournalRecord.class);
            if (record.boot().isEmpty() || record.boot().equals(boot)) {
                found.add(record);
            }
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private void readFully(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int n = channel.read(target, at);
            if (n < 0) {
                throw new IOException("the journal " + path + " ended early");
            }
            at += n;
        }
    }

    /** Forgets all records. */
    public synchronized void reset() throws IOException {
        channel.truncate(0);
        channel.force(true);
        end = 0;
        found.clear();
    }

    /** Appends a record and makes it durable. */
    public void append(JournalRecord record) throws IOException {
        note(record);
        channel.force(false);
    }

    /** Appends a record that needs to survive this process only. */
    synchronized void note(JournalRecord record) throws IOException {
        byte[] body = JSON.writeValueAsBytes(record);
        ByteBuffer framed = ByteBuffer.allocate(HEADER + body.length).putInt(body.length)
                .putInt(crc(ByteBuffer.wrap(body))).put(body).flip();
        long at = end;
        try {
            while (framed.hasRemaining()) {
                at += channel.write(framed, at);
            }
        } catch (IOException e) {
            throw OutOfSpace.classify(e, path, framed.limit());
        }
        end = at;
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Removes the file; the lock is held until {@link #close}. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
