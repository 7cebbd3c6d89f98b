package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

/** The kinds that are read or written, each once. */
public final class Kinds {

    public static final Kind<Pod> POD = core(Pod.class, "Pod", "pods", true, true);
    public static final Kind<PersistentVolumeClaim> CLAIM = core(PersistentVolumeClaim.class, "PersistentVolumeClaim",
            "persistentvolumeclaims", true, true);
    public static final Kind<PersistentVolume> VOLUME = core(PersistentVolume.class, "PersistentVolume",
            "persistentvolumes", false, true);
    public static final Kind<ConfigMap> CONFIG_MAP = core(ConfigMap.class, "ConfigMap", "configmaps", true, false);
    public static final Kind<Secret> SECRET = core(Secret.class, "Secret", "secrets", true, false);
    public static final Kind<Event> EVENT = core(Event.class, "Event", "events", true, false);
    public static final Kind<StorageClass> STORAGE_CLASS = new Kind<>(StorageClass.class, "storage.k8s.io", "v1",
            "StorageClass", "storageclasses", false, false);
    public static final Kind<CSIDriver> CSI_DRIVER = new Kind<>(CSIDriver.class, "storage.k8s.io", "v1", "CSIDriver",
            "csidrivers", false, false);

    private Kinds() {}

    private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> Kind<T> core(Class<T> type, String name,
            String plural, boolean namespaced, boolean status) {
        return new Kind<>(type, "", "v1", name, plural, namespaced, status);
    }
}
