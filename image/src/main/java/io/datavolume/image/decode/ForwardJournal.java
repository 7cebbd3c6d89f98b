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
        public void save(long position, List<Long> spillLengths) {
            // nothing is kept
        }
    };

    /** Whether checkpoints are made at all; metadata that passed is then kept in the spill. */
    boolean isKept();

    /** Whether a checkpoint should be made now; cheap, asked after each chunk. */
    boolean isDue(long position);

    /**
     * All bytes of the image stream below the position are in the volume, in the spill, or not needed; volume and
     * spill are synced.
     */
    void save(long position, List<Long> spillLengths) throws IOException;
}
