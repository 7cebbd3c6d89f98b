package io.datavolume.scenarios.cluster;

import io.datavolume.api.cluster.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real API server. */
@ExtendWith(OnKubernetes.class)
class KubernetesContractTest extends ClusterContract {

    private final ControlPlane plane;
    private String namespace = "";

    KubernetesContractTest(ControlPlane plane) {
        this.plane = plane;
    }

    @BeforeEach
    void makeNamespace() {
        namespace = plane.newNamespace("contract-");
    }

    @AfterEach
    void removeNamespace() {
        plane.remove(ControlPlane.NAMESPACE, namespace);
    }

    @Override
    public Cluster cluster() {
        return plane.cluster();
    }

    @Override
    public String namespace() {
        return namespace;
    }
}
