package io.datavolume.kubernetes.queue;

import io.datavolume.api.cluster.Key;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which keys wait, which are in work, and which wait for their time. Time is given with each call, in nanoseconds; no
 * locks, no threads.
 *
 * <p>The rules are those of Kubernetes' own controllers: a key waits in line at most once; one that is wanted while it is
 * in work gets in line when that work ends; of several delays the earliest counts.
 */
final class QueueState {

    /** @param order makes equal times unequal, first come first served */
    private record Due(long at, long order, Key key, boolean retry) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private static final class Entry {
        boolean wanted;
        boolean working;
        long since;
        int failures;
        int conflicts;
        @Nullable
        Due retry;
        @Nullable
        Due wake;

        boolean isIdle() {
            return !wanted && !working && failures == 0 && conflicts == 0 && retry == null && wake == null;
        }
    }

    private final Map<Key, Entry> entries = new HashMap<>();
    private final Queue<Key> line = new ArrayDeque<>();
    private final TreeSet<Due> delayed = new TreeSet<>();
    private long order;
    private int working;
    private int retries;

    /** Wants the key; says whether it got in line by that. */
    boolean add(Key key, long now) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry());
        if (entry.wanted) {
            return false;
        }
        entry.wanted = true;
        entry.since = now;
        return !entry.working && line.add(key);
    }

    /** Gets the key in line at a time, unless it is to be there earlier. */
    void addAt(Key key, long at) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry());
        if (entry.wake == null || at < entry.wake.at) {
            drop(entry.wake);
            entry.wake = delay(at, key, false);
        }
    }

    /** Puts in line the next key that is due; to be called until it says that there was none. */
    boolean promote(long now) {
        while (!delayed.isEmpty() && delayed.first().at <= now) {
            Due due = delayed.first();
            Entry entry = entry(due.key);
            drop(due);
            if (due.retry) {
                entry.retry = null;
            } else {
                entry.wake = null;
            }
            if (add(due.key, now)) {
                return true;
            }
        }
        return false;
    }

    /** The next key to work on; null if none is in line. */
    @Nullable
    Key poll() {
        Key key = line.poll();
        if (key != null) {
            Entry entry = entry(key);
            entry.wanted = false;
            entry.working = true;
            working++;
            // What was to be tried again is being tried now.
            drop(entry.retry);
            entry.retry = null;
        }
        return key;
    }

    /** Since when the key is wanted, or was when its work began. */
    long since(Key key) {
        return entry(key).since;
    }

    int failures(Key key) {
        return entry(key).failures;
    }

    int conflicts(Key key) {
        return entry(key).conflicts;
    }

    /** Ends work that succeeded: earlier failures no longer count. */
    boolean succeeded(Key key) {
        Entry entry = entry(key);
        entry.failures = 0;
        entry.conflicts = 0;
        return end(key, entry);
    }

    /** Ends work that failed; it is tried again at a time, or sooner if it is wanted. */
    boolean failed(Key key, long at) {
        Entry entry = entry(key);
        entry.failures++;
        entry.retry = delay(at, key, true);
        return end(key, entry);
    }

    /** The same for work that met a conflict, which is no failure. */
    boolean conflicted(Key key, long at) {
        Entry entry = entry(key);
        entry.conflicts++;
        entry.retry = delay(at, key, true);
        return end(key, entry);
    }

    /** When the next delay ends. */
    OptionalLong nextDue() {
        return delayed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(delayed.first().at);
    }

    /** Keys in line. */
    int depth() {
        return line.size();
    }

    /** Nothing in line, in work or to be tried again; keys may still wait for a time that they asked for. */
    boolean isIdle() {
        return line.isEmpty() && working == 0 && retries == 0;
    }

    /** Keys of which anything is known. */
    int size() {
        return entries.size();
    }

    private boolean end(Key key, Entry entry) {
        if (!entry.working) {
            throw new IllegalStateException(key + " is not in work");
        }
        entry.working = false;
        working--;
        if (entry.wanted) {
            return line.add(key);
        }
        if (entry.isIdle()) {
            entries.remove(key);
        }
        return false;
    }

    private Due delay(long at, Key key, boolean retry) {
        Due due = new Due(at, order++, key, retry);
        delayed.add(due);
        retries += retry ? 1 : 0;
        return due;
    }

    private void drop(@Nullable Due due) {
        if (due != null && delayed.remove(due) && due.retry) {
            retries--;
        }
    }

    private Entry entry(Key key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException(key + " is not in this queue");
        }
        return entry;
    }
}
