package io.datavolume.importer.flow;

import io.datavolume.image.DiskLayout;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.decode.RandomDriver;
import io.datavolume.image.decode.RandomJournal;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.journal.RangeJournal;
import io.datavolume.importer.journal.SyncBudget;
import java.io.IOException;

/** Moves an image from a source with ranges: only what the image maps is read, several ranges at once. */
final class RangeTransfer {

    private final OpenTarget target;
    private final Counters counters;

    RangeTransfer(OpenTarget target, Counters counters) {
        this.target = target;
        this.counters = counters;
    }

    /**
     * @return virtual size in bytes
     */
    long run(RangeReader reader, DiskLayout layout, Parallelism parallelism) throws IOException {
        RandomDriver.Settings settings = new RandomDriver.Settings(parallelism.firstReaders(), parallelism.readers(),
                parallelism.writers(),
                parallelism.buffers(), parallelism.chunkBytes(), parallelism.segmentBytes(), target.mapFolder());
        if (target.journal().isEmpty()) {
            return new RandomDriver(reader, layout, target.volume(), RandomJournal.NONE, counters, settings).run();
        }
        try (RangeJournal journal = new RangeJournal(target.journal().get(), target.volume(),
                SyncBudget.of(reader.length()))) {
            return new RandomDriver(reader, layout, target.volume(), journal, counters, settings).run();
        }
    }
}
