package io.datavolume.image.decode;

import java.io.IOException;
import java.util.List;

/** What the forward driver tells, so that an import can go on after a crash. */
public interface ForwardJournal {

    /** Keeps nothing. */
    ForwardJournal NONE = new ForwardJournal() {
        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public boolean isDue(long position) {
            return false;
        }

        @Override
        public Commit prepare(long position, List<Long> spillLengths) {
            return () -> {};
        }
    };

    /** Whether checkpoints are made at all; metadata that passed is then kept in the spill. */
    boolean isKept();

    /** Whether a checkpoint should be made now; cheap, asked after each chunk. */
    boolean isDue(long position);

    /**
     * Notes a checkpoint in the thread of the driver, when all is written and nothing synced; {@link Commit#commit} is called once the volume and the spill
     * are synced, and records that all bytes of the image stream below the position are in the volume, in the spill,
     * or not needed.
     */
    Commit prepare(long position, List<Long> spillLengths) throws IOException;

    /** Records a checkpoint whose bytes are durable. */
    interface Commit {
        void commit() throws IOException;
    }
}
