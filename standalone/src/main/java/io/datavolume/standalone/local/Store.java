package io.datavolume.standalone.local;

import io.datavolume.api.cluster.ClusterException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects and their durability. A write is in the journal before anyone sees it, so it outlives this process; a thread
 * syncs the journal soon after, so that a machine that stops loses the last moments at most, and never an earlier write
 * without the later ones. {@link #sync} is for whoever does something about it outside.
 */
final class Store implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    /** Bytes of a journal after which its changes are written into files. */
    private static final long JOURNAL_BYTES = 16 << 20;
    /** How long a write may wait for the disk. */
    private static final Duration SYNC_INTERVAL = Duration.ofMillis(50);

    private final StateFolder state;
    private final Tables tables;
    private final Checkpoint checkpoint;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private final Thread keeper;
    private Set<Ref> changed;
    private List<Path> oldJournals;
    private volatile Journal journal;
    private long revision;
    private boolean unsynced;
    private boolean closed;

    private Store(StateFolder state, Recovery found) throws IOException {
        this.state = state;
        this.tables = found.tables();
        this.checkpoint = new Checkpoint(state, tables);
        this.changed = new LinkedHashSet<>(found.changed());
        this.revision = found.revision();
        this.journal = Journal.create(state.journal(revision + 1));
        this.oldJournals = new ArrayList<>(found.journals());
        // One in which nothing sound was found is begun again.
        this.oldJournals.remove(journal.path());
        this.keeper = Thread.ofPlatform().name("cdi-state").daemon().unstarted(this::keep);
    }

    /** Takes the folder over: it is closed with the store. */
    static Store open(StateFolder state) throws IOException {
        Recovery found = Recovery.read(state);
        Store store = new Store(state, found);
        store.keeper.start();
        return store;
    }

    Tables tables() {
        return tables;
    }

    /** Runs alone: what it reads stays so until it has written. */
    <T> T alone(Supplier<T> action) {
        lock.lock();
        try {
            if (closed) {
                throw new ClusterException.Unavailable("The state folder " + state.root() + " is closed", null);
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Writes an object, which gets its new revision; only within {@link #alone}. */
    Stored put(Ref ref, ObjectNode object) {
        Json.child(object, "metadata").put("resourceVersion", String.valueOf(revision + 1));
        Stored stored = Stored.of(ref.resource(), object);
        if (stored.json().length > Json.MAX_BYTES) {
            throw new ClusterException.Invalid(ref + " is larger than " + Json.MAX_BYTES + " bytes");
        }
        append(new Change(revision + 1, ref, Optional.of(stored)));
        tables.put(stored);
        return stored;
    }

    /** Removes an object; only within {@link #alone}. */
    void remove(Ref ref) {
        append(new Change(revision + 1, ref, Optional.empty()));
        tables.remove(ref);
    }

    private void append(Change change) {
        try {
            journal.append(JournalLine.write(change));
        } catch (IOException e) {
            throw new ClusterException.Unavailable("Tried to write " + change.ref() + " to " + journal.path()
                    + " but failed: " + e.getMessage() + "; make room and try again", e);
        }
        revision = change.revision();
        changed.add(change.ref());
        unsynced = true;
        work.signal();
    }

    /** Returns when all writes so far outlive the machine. */
    void sync() {
        try {
            // A journal that is no longer the current one was synced before it was left.
            journal.sync();
        } catch (IOException e) {
            throw new ClusterException.Unavailable("Tried to make changes durable in " + state.journals()
                    + " but failed: " + e.getMessage(), e);
        }
    }

    private void keep() {
        try {
            while (awaitWork()) {
                keepOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: no longer kept", state.root());
        }
    }

    private void keepOnce() {
        try {
            journal.sync();
            if (journal.length() > JOURNAL_BYTES) {
                writeFiles();
            }
        } catch (IOException e) {
            // Nothing is lost: it stands in the journals. Where nothing can be written at all, writes tell so.
            LOG.error("Tried to keep the state folder {} but failed: {}", state.root(), e.getMessage());
        }
    }

    /** Waits for a write, and for those that come soon after it. */
    private boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!unsynced && !closed) {
                work.await();
            }
            long left = SYNC_INTERVAL.toNanos();
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
            unsynced = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a new journal, then writes what the older ones say into files. */
    private void writeFiles() throws IOException {
        Set<Ref> written;
        List<Path> journals;
        long upTo;
        lock.lock();
        try {
            Journal old = journal;
            old.sync();
            journal = Journal.create(state.journal(revision + 1));
            old.close();
            oldJournals.add(old.path());
            written = changed;
            journals = oldJournals;
            upTo = revision;
            changed = new LinkedHashSet<>();
            oldJournals = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        try {
            checkpoint.run(written, journals, upTo);
        } catch (IOException e) {
            giveBack(written, journals);
            throw e;
        }
    }

    /** Journals go only together with all older ones: an old change must not come back after a newer one is gone. */
    private void giveBack(Set<Ref> written, List<Path> journals) {
        lock.lock();
        try {
            changed.addAll(written);
            oldJournals.addAll(0, journals);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            work.signalAll();
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = awaitKeeper();
        try {
            journal.sync();
            journal.close();
            oldJournals.add(journal.path());
            checkpoint.run(changed, oldJournals, revision);
        } finally {
            state.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitKeeper() {
        boolean interrupted = false;
        while (true) {
            try {
                keeper.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
