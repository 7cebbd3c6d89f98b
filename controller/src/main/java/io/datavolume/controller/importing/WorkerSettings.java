package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Key;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the cluster's configuration says of all worker pods.
 *
 * @param image container image of workers
 * @param pullPolicy when it is pulled: Always, IfNotPresent, Never
 * @param labels recommended labels: part-of, version, managed-by, component
 * @param insecureRegistries {@code host[:port]} of registries without TLS
 * @param denied address ranges (CIDR) that imports must not reach
 */
public record WorkerSettings(String image, String pullPolicy, Map<String, String> labels,
        ResourceRequirements resources, List<LocalObjectReference> pullSecrets, Map<String, String> nodeSelector,
        List<Toleration> tolerations, Optional<Affinity> affinity, Proxy proxy, List<String> insecureRegistries,
        List<String> denied) {

    /**
     * @param noProxy comma-separated hosts that are reached directly
     * @param certificates the config map that holds the proxy's certificates; empty for none
     */
    public record Proxy(String http, String https, String noProxy, Optional<Key> certificates) {

        public static final Proxy NONE = new Proxy("", "", "", Optional.empty());

        boolean trustsOwnCertificates() {
            return certificates.isPresent();
        }
    }
}
