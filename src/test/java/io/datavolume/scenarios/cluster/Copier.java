package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.field;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A reconciler of one namespace's samples: copies a field of the specification to the status. */
final class Copier implements Reconciler {

    private final AtomicInteger writes = new AtomicInteger();
    private final Cluster cluster;
    private final String namespace;

    Copier(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** How often it wrote. */
    int writes() {
        return writes.get();
    }

    @Override
    public String name() {
        return "copier";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(new Trigger<>(SAMPLE, object -> List.of(Key.of(object)).stream()
                .filter(key -> key.namespace().equals(namespace)).toList()));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<GenericKubernetesResource> found = cluster.informer(SAMPLE).get(key);
        if (found.isPresent()) {
            Object wanted = field(found.get(), "spec", "kept");
            if (!Objects.equals(wanted, field(found.get(), "status", "copied"))) {
                cluster.patchStatus(SAMPLE, key,
                        Patch.unchanged(found.get()).field(wanted, "status", "copied").build());
                writes.incrementAndGet();
            }
        }
        return Outcome.DONE;
    }
}
