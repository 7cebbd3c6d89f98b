package io.datavolume.controller.config;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.storage.StorageClasses;
import io.datavolume.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Objects;

/** The storage of a cluster as planners take it, from its informers. */
public final class ClusterStorage {

    // An API server leaves an empty class out.
    private static final Index<PersistentVolume> BY_CLASS = new Index<>("storage-class",
            volume -> List.of(Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), "")));

    private final Informer<StorageClass> classes;
    private final Informer<StorageProfile> profiles;
    private final Informer<PersistentVolume> volumes;
    private final Informer<CSIDriver> drivers;

    public ClusterStorage(Cluster cluster) {
        classes = cluster.informer(Kinds.STORAGE_CLASS);
        profiles = cluster.informer(Kinds.STORAGE_PROFILE);
        volumes = cluster.informer(Kinds.VOLUME);
        volumes.index(BY_CLASS);
        drivers = cluster.informer(Kinds.CSI_DRIVER);
    }

    public StorageClasses classes() {
        return StorageClasses.of(classes.list());
    }

    /** Volumes of the storage class of that name, which need not exist; those without a class for the empty name. */
    public List<PersistentVolume> volumesOf(String storageClass) {
        return volumes.find(BY_CLASS, storageClass);
    }

    /** Whether the cluster has a CSI driver of that name. */
    public boolean hasCsiDriver(String name) {
        return drivers.get(Key.cluster(name)).isPresent();
    }

    /** What the rendering of claims depends on. */
    public StorageView view(ConfigView config) {
        return new StorageView(classes(), name -> profiles.get(Key.cluster(name)), this::volumesOf,
                config.overheads());
    }
}
