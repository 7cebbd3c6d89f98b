package io.datavolume.api.cluster;

import io.datavolume.api.snapshot.VolumeSnapshotClass;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.api.v1beta1.DataImportCron;
import io.datavolume.api.v1beta1.DataSource;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.ObjectTransfer;
import io.datavolume.api.v1beta1.OpenstackVolumePopulator;
import io.datavolume.api.v1beta1.OvirtVolumePopulator;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.VolumeCloneSource;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.v1beta1.VolumeUploadSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;

/** The kinds that are read or written, each once. */
public final class Kinds {

    /** API group of most of our kinds. */
    public static final String GROUP = "cdi.kubevirt.io";
    /** API group of the populators of other clouds. */
    public static final String FORKLIFT_GROUP = "forklift.cdi.kubevirt.io";
    /** Version of all of our kinds. */
    public static final String VERSION = "v1beta1";

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
    /** Of the snapshot controller, which a cluster need not have. */
    public static final Kind<VolumeSnapshotClass> SNAPSHOT_CLASS = new Kind<>(VolumeSnapshotClass.class,
            "snapshot.storage.k8s.io", "v1", "VolumeSnapshotClass", "volumesnapshotclasses", false, false);

    public static final Kind<DataVolume> DATA_VOLUME = own(DataVolume.class, "DataVolume", "datavolumes", true, true);
    public static final Kind<DataSource> DATA_SOURCE = own(DataSource.class, "DataSource", "datasources", true, false);
    public static final Kind<DataImportCron> DATA_IMPORT_CRON = own(DataImportCron.class, "DataImportCron",
            "dataimportcrons", true, false);
    public static final Kind<VolumeImportSource> VOLUME_IMPORT_SOURCE = own(VolumeImportSource.class,
            "VolumeImportSource", "volumeimportsources", true, false);
    public static final Kind<VolumeUploadSource> VOLUME_UPLOAD_SOURCE = own(VolumeUploadSource.class,
            "VolumeUploadSource", "volumeuploadsources", true, false);
    public static final Kind<VolumeCloneSource> VOLUME_CLONE_SOURCE = own(VolumeCloneSource.class, "VolumeCloneSource",
            "volumeclonesources", true, false);
    public static final Kind<StorageProfile> STORAGE_PROFILE = own(StorageProfile.class, "StorageProfile",
            "storageprofiles", false, true);
    public static final Kind<CdiConfig> CDI_CONFIG = own(CdiConfig.class, "CDIConfig", "cdiconfigs", false, false);
    public static final Kind<Cdi> CDI = own(Cdi.class, "CDI", "cdis", false, false);
    public static final Kind<ObjectTransfer> OBJECT_TRANSFER = own(ObjectTransfer.class, "ObjectTransfer",
            "objecttransfers", false, true);
    public static final Kind<OvirtVolumePopulator> OVIRT_VOLUME_POPULATOR = new Kind<>(OvirtVolumePopulator.class,
            FORKLIFT_GROUP, VERSION, "OvirtVolumePopulator", "ovirtvolumepopulators", true, false);
    public static final Kind<OpenstackVolumePopulator> OPENSTACK_VOLUME_POPULATOR = new Kind<>(
            OpenstackVolumePopulator.class, FORKLIFT_GROUP, VERSION, "OpenstackVolumePopulator",
            "openstackvolumepopulators", true, false);

    /** The twelve kinds that this product defines. */
    public static final List<Kind<?>> OWN = List.of(DATA_VOLUME, DATA_SOURCE, DATA_IMPORT_CRON, VOLUME_IMPORT_SOURCE,
            VOLUME_UPLOAD_SOURCE, VOLUME_CLONE_SOURCE, STORAGE_PROFILE, CDI_CONFIG, CDI, OBJECT_TRANSFER,
            OVIRT_VOLUME_POPULATOR, OPENSTACK_VOLUME_POPULATOR);

    private Kinds() {}

    private static <T extends HasMetadata> Kind<T> own(Class<T> type, String name, String plural, boolean namespaced,
            boolean status) {
        return new Kind<>(type, GROUP, VERSION, name, plural, namespaced, status);
    }

    private static <T extends HasMetadata> Kind<T> core(Class<T> type, String name,
            String plural, boolean namespaced, boolean status) {
        return new Kind<>(type, "", "v1", name, plural, namespaced, status);
    }
}
