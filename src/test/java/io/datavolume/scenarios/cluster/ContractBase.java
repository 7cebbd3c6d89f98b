package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.sample;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** What the parts of the contract stand on. */
interface ContractBase {

    /** The cluster under test. */
    Cluster cluster();

    /** A namespace that only this test uses. */
    String namespace();

    default Key key(String name) {
        return new Key(namespace(), name);
    }

    default GenericKubernetesResource created(String name) {
        return cluster().create(SAMPLE, sample(key(name)));
    }

    default GenericKubernetesResource read(String name) {
        return cluster().get(SAMPLE, key(name)).orElseThrow();
    }

    static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    static String version(HasMetadata object) {
        return object.getMetadata().getResourceVersion();
    }
}
