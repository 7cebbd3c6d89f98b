package io.datavolume.scenarios.cluster;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds whose specification and status take anything, and objects of them. */
final class Samples {

    static final Kind<GenericKubernetesResource> SAMPLE = new Kind<>(GenericKubernetesResource.class,
            "test.datavolume.io", "v1", "Sample", "samples", true, true);
    static final Kind<GenericKubernetesResource> CLUSTER_SAMPLE = new Kind<>(GenericKubernetesResource.class,
            "test.datavolume.io", "v1", "ClusterSample", "clustersamples", false, true);

    private Samples() {}

    static GenericKubernetesResource sample(Key key) {
        return sample(named(key).build());
    }

    static GenericKubernetesResource sample(ObjectMeta metadata) {
        return of(metadata, "Sample");
    }

    static GenericKubernetesResource clusterSample(String name) {
        return of(new ObjectMetaBuilder().withName(name).build(), "ClusterSample");
    }

    static ObjectMetaBuilder named(Key key) {
        return new ObjectMetaBuilder().withNamespace(key.namespace()).withName(key.name());
    }

    /** One that does not hold up its owner's deletion. */
    static OwnerReference owner(HasMetadata owner) {
        return new OwnerReferenceBuilder().withApiVersion(owner.getApiVersion()).withKind(owner.getKind())
                .withName(owner.getMetadata().getName()).withUid(owner.getMetadata().getUid()).build();
    }

    /** Names of {@code spec} and {@code status} are to be strings. */
    static @Nullable Object field(GenericKubernetesResource object, String part, String name) {
        return object.getAdditionalProperties().get(part) instanceof Map<?, ?> fields ? fields.get(name) : null;
    }

    private static GenericKubernetesResource of(ObjectMeta metadata, String kind) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(SAMPLE.apiVersion());
        object.setKind(kind);
        object.setMetadata(metadata);
        object.setAdditionalProperty("spec", Map.of("kept", "yes", "list", List.of(1, 2, 3)));
        return object;
    }
}
