package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.Reasons;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Copies the certificates of the proxy, which an administrator keeps in the installation's namespace, to where a worker
 * pod mounts them. The copy belongs to the pod and goes with it.
 */
public final class ProxyCertificates {

    /** How often it is looked again for what is missing. */
    public static final Duration LOOK = Duration.ofSeconds(2);

    private static final String KEY = "ca.crt";

    private final Cluster cluster;
    private final ImportSettings settings;

    public ProxyCertificates(Cluster cluster, ImportSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /**
     * Makes the copy that a pod waits for, unless it is there.
     *
     * @param about whom to tell what is missing
     * @return whether the pod has what it waits for
     */
    public boolean provide(Pod pod, HasMetadata about, EventRecorder events) {
        Optional<String> name = mounted(pod);
        Optional<Key> from = settings.worker().proxy().certificates();
        if (name.isEmpty() || from.isEmpty() || !isPending(pod)) {
            return true;
        }
        Key key = new Key(pod.getMetadata().getNamespace(), name.get());
        Optional<ConfigMap> there = cluster.get(Kinds.CONFIG_MAP, key);
        if (there.isPresent()) {
            // One of an earlier pod goes with that pod.
            return Owners.isControlledBy(there.get(), pod);
        }
        Optional<ConfigMap> certificates = cluster.get(Kinds.CONFIG_MAP, from.get())
                .filter(map -> map.getData() != null && map.getData().containsKey(KEY));
        if (certificates.isEmpty()) {
            events.warning(about, Reasons.RESOURCE_DOES_NOT_EXIST, missing(from.get()));
            return false;
        }
        try {
            cluster.create(Kinds.CONFIG_MAP, copy(certificates.get(), key, pod, settings.worker().labels()));
            return true;
        } catch (ClusterException.AlreadyExists e) {
            return false;
        }
    }

    static String missing(Key certificates) {
        return "The importer needs the certificates of the proxy, which CDIConfig names: ConfigMap " + certificates
                + " with the key " + KEY + " is not there. Create it, or take trustedCAProxy out of CDIConfig";
    }

    static ConfigMap copy(ConfigMap certificates, Key to, Pod owner, Map<String, String> labels) {
        return new ConfigMapBuilder().withNewMetadata().withNamespace(to.namespace()).withName(to.name())
                .withLabels(labels).addToLabels(Labels.APP, Labels.APP_VALUE)
                .withOwnerReferences(Owners.controller(owner)).endMetadata()
                .withData(Map.of(KEY, certificates.getData().get(KEY))).build();
    }

    private static Optional<String> mounted(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> WorkerLayout.PROXY_CERT_VOLUME.equals(volume.getName()))
                .map(volume -> volume.getConfigMap().getName()).filter(Objects::nonNull).findFirst();
    }

    private static boolean isPending(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                || pod.getStatus().getPhase().equals(PodPhases.PENDING);
    }
}
