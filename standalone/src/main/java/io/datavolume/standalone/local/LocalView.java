package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a state folder as another process writes them: read only, and a moment behind. It follows the journal;
 * where that was replaced by files meanwhile, it reads all of them and tells what is different.
 */
public final class LocalView implements Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(LocalView.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final StateFolder state;
    private final Tables tables;
    private final Reading reading;
    private final Thread follower;
    private Optional<Path> journal;
    private long offset;

    private LocalView(StateFolder state, Recovery found) {
        this.state = state;
        this.tables = found.tables();
        this.reading = new Reading(state, tables);
        this.journal = found.journals().isEmpty() ? Optional.empty() : Optional.of(found.journals().getLast());
        this.offset = found.end();
        this.follower = Thread.ofVirtual().name("local-view").start(this::follow);
    }

    /**
     * Opens a state folder that exists, whether or not another process writes there.
     *
     * @throws NoSuchFileException when there is none
     */
    public static LocalView open(Path folder) throws IOException {
        StateFolder state = StateFolder.view(folder);
        return new LocalView(state, Recovery.view(state));
    }

    private void follow() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                try {
                    refresh();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("Tried to follow the state folder {} but failed: {}", state.root(), e.toString());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: no longer followed", state.root());
        }
    }

    /** Takes over what was written since. */
    synchronized void refresh() throws IOException {
        List<Path> all = state.allJournals();
        if (journal.isPresent() != !all.isEmpty() || journal.filter(path -> !all.contains(path)).isPresent()) {
            reload();
            return;
        }
        for (Path next : all) {
            int order = journal.map(Path::toString).orElse("").compareTo(next.toString());
            if (order > 0) {
                continue;
            }
            try {
                offset = JournalReader.read(next, order == 0 ? offset : 0, this::take);
                journal = Optional.of(next);
            } catch (NoSuchFileException e) {
                reload();
                return;
            }
        }
    }

    private void reload() throws IOException {
        Recovery found = Recovery.view(state);
        Set<Ref> gone = new HashSet<>();
        tables.all().forEach(object -> gone.add(object.ref()));
        for (Stored object : found.tables().all()) {
            gone.remove(object.ref());
            boolean same = tables.get(object.ref())
                    .filter(there -> there.metadata().revision() == object.metadata().revision()).isPresent();
            if (!same) {
                put(object);
            }
        }
        gone.forEach(this::remove);
        journal = found.journals().isEmpty() ? Optional.empty() : Optional.of(found.journals().getLast());
        offset = found.end();
    }

    private void take(Change change) {
        change.after().ifPresentOrElse(this::put, () -> remove(change.ref()));
    }

    private void put(Stored object) {
        tables.put(object);
        reading.publish(object.ref(), Optional.of(object));
    }

    private void remove(Ref ref) {
        if (tables.get(ref).isPresent()) {
            tables.remove(ref);
            reading.publish(ref, Optional.empty());
        }
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        return reading.get(kind, key);
    }

    @Override
    public <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection) {
        return reading.list(kind, selection);
    }

    @Override
    public synchronized <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        return reading.informer(kind);
    }

    @Override
    public Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        return reading.podLog(pod, container, tailLines, limitBytes);
    }

    @Override
    public <T extends HasMetadata> T create(Kind<T> kind, T object) {
        throw readOnly();
    }

    @Override
    public <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch) {
        throw readOnly();
    }

    @Override
    public <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch) {
        throw readOnly();
    }

    @Override
    public <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String uid) {
        throw readOnly();
    }

    private ClusterException.Forbidden readOnly() {
        return new ClusterException.Forbidden("The state folder " + state.root() + " was opened for reading only");
    }

    @Override
    public void close() {
        follower.interrupt();
        reading.close();
    }
}
