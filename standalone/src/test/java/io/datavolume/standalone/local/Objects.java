package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Objects for tests, and how to wait for them. */
final class Objects {

    static final String NAMESPACE = "ns";
    private static final long SECONDS = 20;

    private Objects() {}

    static ConfigMap map(String name) {
        return new ConfigMapBuilder().withNewMetadata().withNamespace(NAMESPACE).withName(name).endMetadata().build();
    }

    static ConfigMap ownedMap(String name, HasMetadata... owners) {
        ConfigMapBuilder builder = new ConfigMapBuilder(map(name));
        for (HasMetadata owner : owners) {
            builder.editMetadata()
                    .addToOwnerReferences(new OwnerReferenceBuilder().withApiVersion("v1").withKind("ConfigMap")
                            .withName(owner.getMetadata().getName()).withUid(owner.getMetadata().getUid()).build())
                    .endMetadata();
        }
        return builder.build();
    }

    static Key key(String name) {
        return new Key(NAMESPACE, name);
    }

    /** Waits until an object of this name is as wanted; absent objects are asked about, too. */
    static <T extends HasMetadata> void await(LocalCluster cluster, Kind<T> kind, Key key,
            Predicate<Optional<T>> wanted) throws Exception {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        Informer<T> informer = cluster.informer(kind);
        Informer.Registration registration = informer.listen((before, after) -> {
            if (wanted.test(informer.get(key))) {
                seen.complete(true);
            }
        });
        try (registration) {
            if (!wanted.test(informer.get(key))) {
                seen.get(SECONDS, TimeUnit.SECONDS);
            }
        }
    }
}
