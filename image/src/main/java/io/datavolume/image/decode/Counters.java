package io.datavolume.image.decode;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a transfer has done so far, in bytes; read by progress reporting while drivers add. */
public final class Counters {

    private final LongAdder written = new LongAdder();
    private final AtomicLong planned = new AtomicLong(-1);
    private final AtomicLong resumed = new AtomicLong();

    /** Guest bytes of data handled (written, or found to be zeros). */
    public long written() {
        return written.sum();
    }

    /** Guest bytes of data that the image holds, or -1 while that is not known. */
    public long planned() {
        return planned.get();
    }

    /** Source bytes that an earlier run had done. */
    public long resumed() {
        return resumed.get();
    }

    void addWritten(long bytes) {
        written.add(bytes);
    }

    void plan(long bytes) {
        planned.set(bytes);
    }

    void resume(long bytes) {
        resumed.set(bytes);
    }
}
