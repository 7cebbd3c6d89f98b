package io.datavolume.image.volume;

import io.datavolume.image.os.NativeFile;
import io.datavolume.image.os.Result;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the dirty pages of a target: a full window begins to be written, the window before the last is waited
 * for and leaves the cache. Without it a fast source fills memory with dirty pages and the last sync takes
 * minutes. Small imports never get here. Thread-safe; writers wait for the disk here.
 */
final class WritebackWindow {

    static final long START = 256L << 20;
    static final long WINDOW = 32L << 20;
    private static final int MAX_RANGES = 1024;

    /** Opens the native file when the first window is full, so that small imports load no native code. */
    interface Opener {
        NativeFile open() throws IOException;
    }

    /** A durable sync, for systems that cannot write back a range. */
    interface Sync {
        void sync() throws IOException;
    }

    private record Range(long start, long end) {}

    private final Opener opener;
    private final Sync sync;
    private final long start;
    private final long window;
    private final AtomicLong total = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<List<Range>> underWay = new ArrayDeque<>();
    private List<Range> current = new ArrayList<>();
    private long bytes;
    private boolean ranged = true;

    WritebackWindow(Opener opener, Sync sync) {
        this(opener, sync, START, WINDOW);
    }

    WritebackWindow(Opener opener, Sync sync, long start, long window) {
        this.opener = opener;
        this.sync = sync;
        this.start = start;
        this.window = window;
    }

    /** Notes bytes that were written through the page cache. */
    void written(long offset, long length) throws IOException {
        if (total.addAndGet(length) < start) {
            return;
        }
        lock.lock();
        try {
            add(offset, length);
            if (ranged && (bytes >= window || current.size() >= MAX_RANGES)) {
                turn();
            } else if (!ranged && bytes >= start) {
                current.clear();
                bytes = 0;
                sync.sync();
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(long offset, long length) {
        bytes += length;
        if (!ranged) {
            return;
        }
        if (!current.isEmpty() && current.getLast().end() == offset) {
            current.set(current.size() - 1, new Range(current.getLast().start(), offset + length));
        } else {
            current.add(new Range(offset, offset + length));
        }
    }

    private void turn() throws IOException {
        NativeFile file = opener.open();
        for (Range range : current) {
            if (file.startWriteBack(range.start(), range.end() - range.start()) == Result.UNSUPPORTED) {
                ranged = false;
                return;
            }
        }
        underWay.addLast(current);
        current = new ArrayList<>();
        bytes = 0;
        if (underWay.size() > 2) {
            for (Range range : underWay.removeFirst()) {
                file.finishWriteBack(range.start(), range.end() - range.start());
                file.dropCache(range.start(), range.end() - range.start());
            }
        }
    }
}
