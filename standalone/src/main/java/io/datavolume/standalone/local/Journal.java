package io.datavolume.standalone.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The newest changes, in order, one line each. A line that was appended outlives this process at once and the machine
 * after {@link #sync}; a line that was not written to its end is cut off when it is next read.
 *
 * <p>Plain files, since an interrupted thread closes the JDK's channels. Not thread-safe but for {@link #sync}.
 */
final class Journal implements Closeable {

    private final Path path;
    private final RandomAccessFile file;
    private final Object syncing = new Object();
    private volatile long length;
    private long synced;
    private volatile boolean broken;

    private Journal(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** A new and empty one. */
    static Journal create(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(0);
            Folders.syncParent(path);
            return new Journal(path, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Bytes so far. */
    long length() {
        return length;
    }

    /** Appends a line; one that failed leaves nothing behind. */
    void append(byte[] line) throws IOException {
        if (broken) {
            throw new IOException("an earlier write to " + path + " failed and could not be taken back");
        }
        try {
            file.write(line);
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
        // One thread appends at a time; those that sync only read.
        long end = length + line.length;
        length = end;
    }

    private void takeBack(IOException cause) {
        broken = true;
        try {
            file.setLength(length);
            file.seek(length);
            broken = false;
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Returns when all that was appended before outlives the machine. Many callers share one call. */
    void sync() throws IOException {
        long wanted = length;
        synchronized (syncing) {
            if (synced < wanted) {
                long reached = length;
                try {
                    file.getFD().sync();
                } catch (IOException e) {
                    // What is on the disk now is unknown, and a second call may succeed without having written it.
                    broken = true;
                    throw e;
                }
                synced = reached;
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (syncing) {
            file.close();
        }
    }
}
