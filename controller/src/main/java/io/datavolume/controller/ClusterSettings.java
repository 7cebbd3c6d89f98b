package io.datavolume.controller;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.ImportProxy;
import io.datavolume.api.wire.Installer;
import io.datavolume.api.wire.Labels;
import io.datavolume.controller.config.ClusterStorage;
import io.datavolume.controller.config.ConfigView;
import io.datavolume.controller.datavolume.DataVolumeSettings;
import io.datavolume.controller.datavolume.World;
import io.datavolume.controller.importing.ImportSettings;
import io.datavolume.controller.importing.WorkerSettings;
import io.datavolume.storage.FilesystemOverhead;
import io.datavolume.storage.StorageClasses;
import io.datavolume.api.wire.VolumeModes;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cluster's configuration and storage as the planners need them, from the informers. */
final class ClusterSettings implements ImportSettings, DataVolumeSettings {

    private static final Index<PersistentVolume> BY_CLAIM = new Index<>("claim", ClusterSettings::claim);

    private final Cluster cluster;
    private final WorkerImage image;
    private final Map<String, String> labels;
    private final ClusterStorage storage;
    private final Informer<PersistentVolume> volumes;

    ClusterSettings(Cluster cluster, WorkerImage image, Installer installer) {
        this.cluster = cluster;
        this.image = image;
        labels = installer.labels(Labels.MANAGED_BY_CONTROLLER);
        storage = new ClusterStorage(cluster);
        volumes = cluster.informer(Kinds.VOLUME);
        volumes.index(BY_CLAIM);
    }

    ConfigView config() {
        return ConfigView.read(cluster);
    }

    @Override
    public boolean honorsFirstConsumer() {
        return config().honorsWaitForFirstConsumer();
    }

    @Override
    public boolean adoptsClaims() {
        return config().adoptsClaims();
    }

    @Override
    public StorageClasses classes() {
        return storage.classes();
    }

    @Override
    public World world(DataVolume dataVolume) {
        ConfigView config = config();
        return new World(storage.view(config), storage::hasCsiDriver,
                volumes.find(BY_CLAIM, Key.of(dataVolume).toString()), labels, config.preallocation(),
                config.webhookRendering());
    }

    @Override
    public WorkerSettings worker() {
        ConfigView config = config();
        return new WorkerSettings(image.name(), image.pullPolicy(), labels, config.resources(), config.pullSecrets(),
                config.placement().nodeSelector(), config.placement().tolerations(),
                Optional.ofNullable(config.placement().affinity()), proxy(config.proxy()),
                config.insecureRegistries(), image.denied());
    }

    @Override
    public FilesystemOverhead overhead(PersistentVolumeClaim claim) {
        return VolumeModes.isFilesystem(claim.getSpec().getVolumeMode())
                ? config().overheads().of(Optional.ofNullable(claim.getSpec().getStorageClassName()), classes())
                : FilesystemOverhead.NONE;
    }

    Map<String, String> labels() {
        return labels;
    }

    private WorkerSettings.Proxy proxy(ImportProxy proxy) {
        return new WorkerSettings.Proxy(text(proxy.httpProxy()), text(proxy.httpsProxy()), text(proxy.noProxy()),
                Optional.of(text(proxy.trustedCaProxy())).filter(name -> !name.isEmpty())
                        .map(name -> new Key(image.namespace(), name)));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> claim(PersistentVolume volume) {
        ObjectReference claim = volume.getSpec().getClaimRef();
        return claim == null ? List.of() : List.of(new Key(claim.getNamespace(), claim.getName()).toString());
    }
}
