package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.datavolume.api.snapshot.VolumeSnapshotClass;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of Kubernetes' own kinds. */
final class CoreColumns {

    private static final Map<String, String> SHORT_MODES = Map.of("ReadWriteOnce", "RWO", "ReadWriteMany", "RWX",
            "ReadOnlyMany", "ROX", "ReadWriteOncePod", "RWOP");

    private static final Map<Kind<?>, List<Column>> COLUMNS = new HashMap<>();

    static {
        COLUMNS.put(Kinds.CLAIM, List.of(
                Column.of("STATUS", PersistentVolumeClaim.class, CoreColumns::phase),
                Column.of("VOLUME", PersistentVolumeClaim.class, claim -> text(claim.getSpec().getVolumeName())),
                Column.of("CAPACITY", PersistentVolumeClaim.class, claim -> claim.getStatus() == null
                        ? ""
                        : storage(claim.getStatus().getCapacity())),
                Column.of("ACCESS MODES", PersistentVolumeClaim.class, claim -> modes(
                        claim.getStatus() == null ? null : claim.getStatus().getAccessModes())),
                Column.of("STORAGECLASS", PersistentVolumeClaim.class,
                        claim -> text(claim.getSpec().getStorageClassName())),
                Column.age(),
                Column.of("VOLUMEMODE", PersistentVolumeClaim.class,
                        claim -> text(claim.getSpec().getVolumeMode())).onlyWide()));
        COLUMNS.put(Kinds.VOLUME, List.of(
                Column.of("CAPACITY", PersistentVolume.class, volume -> storage(volume.getSpec().getCapacity())),
                Column.of("ACCESS MODES", PersistentVolume.class, volume -> modes(volume.getSpec().getAccessModes())),
                Column.of("RECLAIM POLICY", PersistentVolume.class,
                        volume -> text(volume.getSpec().getPersistentVolumeReclaimPolicy())),
                Column.of("STATUS", PersistentVolume.class,
                        volume -> volume.getStatus() == null ? "" : text(volume.getStatus().getPhase())),
                Column.of("CLAIM", PersistentVolume.class, volume -> reference(volume.getSpec().getClaimRef())),
                Column.of("STORAGECLASS", PersistentVolume.class,
                        volume -> text(volume.getSpec().getStorageClassName())),
                Column.age(),
                Column.of("VOLUMEMODE", PersistentVolume.class,
                        volume -> text(volume.getSpec().getVolumeMode())).onlyWide()));
        COLUMNS.put(Kinds.POD, List.of(
                Column.of("READY", Pod.class, PodText::ready), Column.of("STATUS", Pod.class, PodText::status),
                Column.of("RESTARTS", Pod.class, pod -> String.valueOf(PodText.restarts(pod))), Column.age(),
                Column.of("NODE", Pod.class, pod -> text(pod.getSpec().getNodeName())).onlyWide()));
        COLUMNS.put(Kinds.STORAGE_CLASS, List.of(
                Column.of("PROVISIONER", StorageClass.class, StorageClass::getProvisioner),
                Column.of("RECLAIMPOLICY", StorageClass.class, found -> text(found.getReclaimPolicy())),
                Column.of("VOLUMEBINDINGMODE", StorageClass.class, found -> text(found.getVolumeBindingMode())),
                Column.of("ALLOWVOLUMEEXPANSION", StorageClass.class,
                        found -> String.valueOf(Boolean.TRUE.equals(found.getAllowVolumeExpansion()))),
                Column.age()));
        COLUMNS.put(Kinds.CONFIG_MAP, List.of(
                Column.of("DATA", ConfigMap.class, map -> String.valueOf(size(map.getData())
                        + size(map.getBinaryData()))),
                Column.age()));
        COLUMNS.put(Kinds.SECRET, List.of(Column.of("TYPE", Secret.class, secret -> text(secret.getType())),
                Column.of("DATA", Secret.class, secret -> String.valueOf(size(secret.getData()))), Column.age()));
        COLUMNS.put(Kinds.CSI_DRIVER, List.of(
                Column.of("ATTACHREQUIRED", CSIDriver.class,
                        driver -> String.valueOf(!Boolean.FALSE.equals(driver.getSpec().getAttachRequired()))),
                Column.age()));
        COLUMNS.put(Kinds.SNAPSHOT_CLASS, List.of(
                Column.of("DRIVER", VolumeSnapshotClass.class, found -> text(found.getDriver())), Column.age()));
    }

    private CoreColumns() {}

    static List<Column> of(Kind<?> kind) {
        return COLUMNS.getOrDefault(kind, List.of(Column.age()));
    }

    /** Events have no name that tells anything. */
    static List<Column> ofEvents() {
        return List.of(
                new Column("LAST SEEN", false, (event, now) -> Age.of(EventTime.of((Event) event), now)),
                Column.of("TYPE", Event.class, event -> text(event.getType())),
                Column.of("REASON", Event.class, event -> text(event.getReason())),
                Column.of("OBJECT", Event.class, event -> object(event.getInvolvedObject())),
                Column.of("COUNT", Event.class,
                        event -> String.valueOf(Objects.requireNonNullElse(event.getCount(), 1))).onlyWide(),
                Column.of("MESSAGE", Event.class, event -> text(event.getMessage()).strip()));
    }

    static String modes(@Nullable List<String> modes) {
        return modes == null
                ? ""
                : modes.stream().map(mode -> SHORT_MODES.getOrDefault(mode, mode)).collect(Collectors.joining(","));
    }

    static String phase(PersistentVolumeClaim claim) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        }
        return claim.getStatus() == null ? "" : text(claim.getStatus().getPhase());
    }

    private static String storage(@Nullable Map<String, Quantity> capacity) {
        Quantity storage = capacity == null ? null : capacity.get("storage");
        return storage == null ? "" : storage.toString();
    }

    private static String reference(@Nullable ObjectReference claim) {
        return claim == null ? "" : new Key(text(claim.getNamespace()), claim.getName()).toString();
    }

    private static String object(@Nullable ObjectReference about) {
        return about == null ? "" : text(about.getKind()).toLowerCase(Locale.ROOT) + "/" + text(about.getName());
    }

    private static int size(@Nullable Map<String, ?> map) {
        return map == null ? 0 : map.size();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
