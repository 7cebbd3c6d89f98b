package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** One step of reading an image: what it wants, and which step follows what it was fed. */
interface Stage {

    /** As {@link io.datavolume.image.DiskLayout#wanted()}; empty when this is the last stage and it is complete. */
    List<ByteRange> wanted();

    /**
     * Takes one wanted range, complete except where the file ends.
     *
     * @return the stage to go on with, this one or the next
     */
    Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException;

    /** As {@link io.datavolume.image.DiskLayout#mayNeedLater}. */
    default boolean mayNeedLater(ByteRange range) {
        return !wanted().isEmpty();
    }

    /** Last checks of the last stage, when the length of the file is known. */
    default void end(long fileLength) throws IOException {
        // nothing to check
    }

    /** Nothing is left to read. */
    Stage COMPLETE = new Stage() {
        @Override
        public List<ByteRange> wanted() {
            return List.of();
        }

        @Override
        public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) {
            throw new IllegalStateException("nothing is wanted: " + range);
        }
    };
}
