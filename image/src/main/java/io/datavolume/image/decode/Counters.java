package io.datavolume.image.decode;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a transfer has done so far, in bytes; read by progress reporting while drivers add. */
public final class Counters {

    private final LongAdder written = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final AtomicLong planned = new AtomicLong(-1);

    /** Guest bytes of data handled (written, or found to be zeros). */
    public long written() {
        return written.sum();
    }

    /** Guest bytes of data handled by this run or found done by an earlier one. */
    public long done() {
        return written.sum() + skipped.sum();
    }

    /** Guest bytes of data that the image holds, or -1 while that is not known. */
    public long planned() {
        return planned.get();
    }

    void addWritten(long bytes) {
        written.add(bytes);
    }

    void addSkipped(long bytes) {
        skipped.add(bytes);
    }

    void plan(long bytes) {
        planned.set(bytes);
    }
}
