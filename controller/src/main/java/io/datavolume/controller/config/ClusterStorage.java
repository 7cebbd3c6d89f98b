package io.datavolume.controller.config;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.Installer;
import io.datavolume.scratch.ScratchSettings;
import io.datavolume.storage.StorageClasses;
import io.datavolume.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.List;

/** The storage of a cluster as planners take it, from its informers. */
public final class ClusterStorage {

    private static final Index<PersistentVolume> BY_CLASS = new Index<>("storage-class", volume -> {
        String name = volume.getSpec().getStorageClassName();
        return name == null ? List.of() : List.of(name);
    });

    private final Cluster cluster;

    public ClusterStorage(Cluster cluster) {
        this.cluster = cluster;
    }

    public StorageClasses classes() {
        return StorageClasses.of(cluster.informer(Kinds.STORAGE_CLASS).list());
    }

    /** Volumes of the storage class of that name, which need not exist. */
    public List<PersistentVolume> volumesOf(String storageClass) {
        Informer<PersistentVolume> volumes = cluster.informer(Kinds.VOLUME);
        volumes.index(BY_CLASS);
        return volumes.find(BY_CLASS, storageClass);
    }

    /** Whether the cluster has a CSI driver of that name. */
    public boolean hasCsiDriver(String name) {
        return cluster.informer(Kinds.CSI_DRIVER).get(Key.cluster(name)).isPresent();
    }

    /** What the rendering of claims depends on. */
    public StorageView view(ConfigView config) {
        return new StorageView(classes(), name -> cluster.informer(Kinds.STORAGE_PROFILE).get(Key.cluster(name)),
                this::volumesOf, config.overheads());
    }

    /** What scratch space depends on. */
    public ScratchSettings scratch(ConfigView config, Installer installer) {
        return new ScratchSettings(config.scratchClass(), classes(), config.overheads(), installer);
    }
}
