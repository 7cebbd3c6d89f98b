package io.datavolume.scenarios.cluster;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.kubernetes.KubernetesCluster;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real API server. */
@ExtendWith(OnKubernetes.class)
class KubernetesContractTest extends ClusterContract {

    private static final Kind<Namespace> NAMESPACE = new Kind<>(Namespace.class, "", "v1", "Namespace", "namespaces",
            false,
            true);

    private final KubernetesCluster cluster;
    private @Nullable Namespace namespace;

    KubernetesContractTest(ControlPlane controlPlane) {
        cluster = controlPlane.cluster();
    }

    @BeforeEach
    void makeNamespace() {
        namespace = cluster().create(NAMESPACE,
                new NamespaceBuilder().withNewMetadata().withGenerateName("contract-").endMetadata().build());
    }

    @AfterEach
    void removeNamespace() {
        if (namespace != null) {
            cluster().delete(NAMESPACE, Key.of(namespace), namespace.getMetadata().getUid());
        }
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public String namespace() {
        return Objects.requireNonNull(namespace).getMetadata().getName();
    }
}
