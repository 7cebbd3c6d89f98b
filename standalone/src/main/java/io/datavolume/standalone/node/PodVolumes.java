package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.standalone.local.Folders;
import io.datavolume.standalone.volumes.VolumePath;
import io.datavolume.storage.Bytes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays out the volumes of a pod: claims where they are, secrets and config maps as files, empty folders. */
final class PodVolumes {

    /** Of a pod's folder: where its volumes stand that are no claims. */
    static final String FOLDER = "volumes";

    private final Cluster cluster;

    PodVolumes(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Makes what the pod mounts.
     *
     * @param folder the pod's own
     * @return the pod's volumes by their names
     */
    Map<String, PreparedVolume> prepare(Pod pod, Path folder) throws NotReadyException, IOException {
        Map<String, PreparedVolume> prepared = new LinkedHashMap<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            prepared.put(volume.getName(), prepare(pod, volume, folder.resolve(FOLDER).resolve(volume.getName())));
        }
        return prepared;
    }

    private PreparedVolume prepare(Pod pod, Volume volume, Path own) throws NotReadyException, IOException {
        String namespace = pod.getMetadata().getNamespace();
        if (volume.getPersistentVolumeClaim() != null) {
            return claim(volume.getName(), new Key(namespace, volume.getPersistentVolumeClaim().getClaimName()));
        }
        if (volume.getEmptyDir() != null) {
            Folders.createPrivate(own);
        } else if (volume.getSecret() != null) {
            secret(volume, volume.getSecret(), namespace, own);
        } else if (volume.getConfigMap() != null) {
            configMap(volume, volume.getConfigMap(), namespace, own);
        } else {
            throw NotReadyException.mount(volume.getName(),
                    "only claims, secrets, config maps and empty folders can be mounted on the local node");
        }
        return new PreparedVolume(own, 0);
    }

    private PreparedVolume claim(String volume, Key key) throws NotReadyException {
        String name = cluster.get(Kinds.CLAIM, key).map(PersistentVolumeClaim::getSpec)
                .map(spec -> spec.getVolumeName()).orElse("");
        Optional<PersistentVolume> found = name.isEmpty()
                ? Optional.empty()
                : cluster.get(Kinds.VOLUME, Key.cluster(name));
        Optional<Path> path = found.flatMap(VolumePath::of);
        if (path.isEmpty()) {
            throw NotReadyException.mount(volume, "claim " + key + " has no volume that this machine can mount");
        }
        if (!Files.exists(path.get())) {
            throw NotReadyException.mount(volume, path.get() + " does not exist");
        }
        Quantity capacity = found.get().getSpec().getCapacity().get("storage");
        return new PreparedVolume(path.get(), capacity == null ? 0 : Bytes.of("spec.capacity.storage", capacity));
    }

    private void secret(Volume volume, SecretVolumeSource source, String namespace, Path own)
            throws NotReadyException, IOException {
        Optional<Secret> secret = cluster.get(Kinds.SECRET, new Key(namespace, source.getSecretName()));
        if (secret.isEmpty() && !Boolean.TRUE.equals(source.getOptional())) {
            throw NotReadyException.mount(volume.getName(), "secret \"" + source.getSecretName() + "\" not found");
        }
        MountedFiles.write(own, volume.getName(), secret.map(PodVolumes::content).orElse(Map.of()),
                secret.isPresent() ? items(source.getItems()) : List.of());
    }

    private void configMap(Volume volume, ConfigMapVolumeSource source, String namespace, Path own)
            throws NotReadyException, IOException {
        Optional<ConfigMap> map = cluster.get(Kinds.CONFIG_MAP, new Key(namespace, source.getName()));
        if (map.isEmpty() && !Boolean.TRUE.equals(source.getOptional())) {
            throw NotReadyException.mount(volume.getName(), "configmap \"" + source.getName() + "\" not found");
        }
        MountedFiles.write(own, volume.getName(), map.map(PodVolumes::content).orElse(Map.of()),
                map.isPresent() ? items(source.getItems()) : List.of());
    }

    /** What a secret holds, decoded. */
    static Map<String, byte[]> content(Secret secret) {
        Map<String, byte[]> content = new HashMap<>();
        texts(secret.getData()).forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        return content;
    }

    private static Map<String, byte[]> content(ConfigMap map) {
        Map<String, byte[]> content = new HashMap<>();
        texts(map.getData()).forEach((key, value) -> content.put(key, value.getBytes(StandardCharsets.UTF_8)));
        texts(map.getBinaryData()).forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        return content;
    }

    private static List<KeyToPath> items(@Nullable List<KeyToPath> items) {
        return Objects.requireNonNullElse(items, List.of());
    }

    private static Map<String, String> texts(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}
