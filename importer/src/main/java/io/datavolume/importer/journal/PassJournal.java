package io.datavolume.importer.journal;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.decode.ForwardJournal;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Journal of a forward pass. */
public final class PassJournal implements ForwardJournal {

    private final JournalFile file;
    private final SyncBudget budget;
    private final LongFunction<List<RestartPoint>> restarts;
    private final LongSupplier reached;
    private volatile long saved;
    private volatile long asked;

    /**
     * @param restarts where each stage can start again to reach a position of the image stream, source side first
     * @param reached offset in the source up to which was read
     * @param start position at which this run begins
     */
    public PassJournal(JournalFile file, SyncBudget budget, LongFunction<List<RestartPoint>> restarts,
            LongSupplier reached, long start) {
        this.file = file;
        this.budget = budget;
        this.restarts = restarts;
        this.reached = reached;
        this.saved = start;
        this.asked = start;
    }

    @Override
    public boolean isKept() {
        return true;
    }

    @Override
    public boolean isDue(long position) {
        boolean lastIsSaved = saved == asked;
        boolean due = position - saved >= (lastIsSaved ? budget.start() : budget.limit());
        if (due) {
            asked = position;
        }
        return due;
    }

    @Override
    public Commit prepare(long position, List<Long> spillLengths) throws IOException {
        List<JournalRecord.Stage> stages = restarts.apply(position).stream()
                .map(p -> new JournalRecord.Stage(p.upstream(), p.offset(), p.state())).toList();
        long read = reached.getAsLong();
        if (!file.boot().isEmpty()) {
            file.note(new JournalRecord.Position(file.boot(), position, read, spillLengths, stages));
        }
        return () -> {
            file.append(new JournalRecord.Position("", position, read, spillLengths, stages));
            saved = position;
        };
    }
}
