package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what is written through it, also what is refused. */
final class CountingCluster implements Cluster {

    private final Cluster cluster;
    private final Map<String, Integer> writes = new TreeMap<>();

    CountingCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Number of writes by verb and kind since the last call. */
    synchronized Map<String, Integer> take() {
        Map<String, Integer> taken = new TreeMap<>(writes);
        writes.clear();
        return taken;
    }

    /** Events are counted apart from all else. */
    static int sum(Map<String, Integer> writes, boolean events) {
        return writes.entrySet().stream().filter(entry -> entry.getKey().endsWith(" " + Kinds.EVENT.name()) == events)
                .mapToInt(Map.Entry::getValue).sum();
    }

    private synchronized void count(String verb, Kind<?> kind) {
        writes.merge(verb + " " + kind.name(), 1, Integer::sum);
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        return cluster.get(kind, key);
    }

    @Override
    public Optional<String> version(Kind<?> kind, Key key) {
        return cluster.version(kind, key);
    }

    @Override
    public <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection) {
        return cluster.list(kind, selection);
    }

    @Override
    public <T extends HasMetadata> T create(Kind<T> kind, T object) {
        count("create", kind);
        return cluster.create(kind, object);
    }

    @Override
    public <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch) {
        count("patch", kind);
        return cluster.patch(kind, key, patch);
    }

    @Override
    public <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch) {
        count("status", kind);
        return cluster.patchStatus(kind, key, patch);
    }

    @Override
    public <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String uid) {
        count("delete", kind);
        return cluster.delete(kind, key, uid);
    }

    @Override
    public <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        return cluster.informer(kind);
    }

    @Override
    public Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        return cluster.podLog(pod, container, tailLines, limitBytes);
    }

    /** The other one stays open. */
    @Override
    public void close() {}
}
