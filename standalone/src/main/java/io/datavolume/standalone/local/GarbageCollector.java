package io.datavolume.standalone.local;

import io.datavolume.api.cluster.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is owned after its last owner, in the background, as
 * <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Kubernetes</a> does. An owner counts
 * by its UID, and must be in the same namespace or in none.
 */
final class GarbageCollector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
    private static final long RETRY_MILLIS = 1000;

    /** What to do about objects whose owners are gone. */
    interface Actions {

        void delete(Stored object);

        /** Takes owner references away. */
        void disown(Stored object, List<String> ownerUids);
    }

    private final Tables tables;
    private final Actions actions;
    private final BlockingQueue<Ref> suspects = new LinkedBlockingQueue<>();
    private final Thread collector;

    GarbageCollector(Tables tables, Actions actions) {
        this.tables = tables;
        this.actions = actions;
        this.collector = Thread.ofVirtual().name("garbage-collector").unstarted(this::collect);
    }

    /** Looks at all there is, then at what it is told of. */
    void start() {
        tables.all().forEach(this::changed);
        collector.start();
    }

    /** An object was written. */
    void changed(Stored object) {
        if (!object.metadata().owners().isEmpty()) {
            suspects.add(object.ref());
        }
    }

    /** An object is gone. */
    void removed(Stored object) {
        suspects.addAll(tables.ownedBy(object.metadata().uid()));
    }

    private void collect() {
        try {
            while (true) {
                Ref ref = suspects.take();
                try {
                    tables.get(ref).ifPresent(this::judge);
                } catch (ClusterException e) {
                    LOG.warn("Tried to delete {}, whose owner is gone, but failed: {}", ref, e.getMessage());
                    suspects.add(ref);
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("garbage collector ends");
        }
    }

    private void judge(Stored object) {
        List<String> gone = new ArrayList<>();
        for (Metadata.Owner owner : object.metadata().owners()) {
            if (!exists(owner, object)) {
                gone.add(owner.uid());
            }
        }
        if (gone.isEmpty() || object.metadata().deleting()) {
            return;
        }
        if (gone.size() == object.metadata().owners().size()) {
            actions.delete(object);
        } else {
            actions.disown(object, gone);
        }
    }

    private boolean exists(Metadata.Owner owner, Stored owned) {
        return tables.byUid(owner.uid()).map(found -> found.key().namespace())
                .filter(namespace -> namespace.isEmpty() || namespace.equals(owned.key().namespace())).isPresent();
    }

    @Override
    public void close() {
        collector.interrupt();
    }
}
