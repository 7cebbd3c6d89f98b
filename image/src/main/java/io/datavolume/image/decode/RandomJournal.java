package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import java.io.IOException;

/** What the random driver tells, so that an import can go on after a crash. Thread-safe. */
public interface RandomJournal {

    /** Keeps nothing. */
    RandomJournal NONE = new RandomJournal() {
        @Override
        public boolean isDone(ByteRange fileRange) {
            return false;
        }

        @Override
        public void written(ByteRange fileRange) {
            // nothing is kept
        }
    };

    /** Whether an earlier run wrote and synced all that is mapped in this file range. */
    boolean isDone(ByteRange fileRange);

    /** All that is mapped in the range is written, not yet synced. May block to bound what a crash would cost. */
    void written(ByteRange fileRange) throws IOException;
}
