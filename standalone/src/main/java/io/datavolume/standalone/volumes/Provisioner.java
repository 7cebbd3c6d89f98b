package io.datavolume.standalone.volumes;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.VolumeAnnotations;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.standalone.local.Folders;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Makes volumes out of folders, for every provisioner's name: what it is called decides only what its storage profile
 * says. Takes room as it is used, and refuses what the filesystem could never hold.
 */
final class Provisioner {

    /** Parameter of a storage class: absolute path of the folder that its volumes stand in. */
    private static final String PATH = "path";
    /** What a volume is called that was made here, so that nothing else is ever deleted. */
    private static final Pattern NAME = Pattern.compile("pvc-[0-9a-f-]{36}");

    private final Cluster cluster;
    private final Path root;
    private final Runnable barrier;

    /**
     * @param root where volumes stand whose class names no folder
     * @param barrier returns when all objects so far are durable
     */
    Provisioner(Cluster cluster, Path root, Runnable barrier) {
        this.cluster = cluster;
        this.root = root;
        this.barrier = barrier;
    }

    /**
     * Makes the volume of a claim, and nothing if it is there.
     *
     * @return its name
     * @throws IOException when it cannot be made; the message says why
     */
    String provision(PersistentVolumeClaim claim, StorageClass storageClass) throws IOException {
        String name = "pvc-" + claim.getMetadata().getUid();
        if (!NAME.matcher(name).matches()) {
            throw new IOException("the claim's UID " + claim.getMetadata().getUid() + " is no UUID");
        }
        long size = VolumeMatch.requested(claim);
        Path parent = parent(storageClass);
        Path folder = parent.resolve(name);
        // The claim must outlive the machine before its folder does, or nobody would ever delete the folder.
        barrier.run();
        Folders.createPrivate(parent);
        requireRoom(parent, size);
        if (VolumeModes.isFilesystem(claim.getSpec().getVolumeMode())) {
            VolumeFolders.createFilesystem(folder);
        } else {
            VolumeFolders.createBlock(folder, size);
        }
        try {
            cluster.create(Kinds.VOLUME, volume(name, claim, storageClass, folder));
        } catch (ClusterException.AlreadyExists e) {
            // Made before the process was killed.
        }
        return name;
    }

    private Path parent(StorageClass storageClass) throws IOException {
        Map<String, String> parameters = storageClass.getParameters();
        String path = parameters == null ? null : parameters.get(PATH);
        if (path == null) {
            return root;
        }
        try {
            if (Path.of(path).isAbsolute()) {
                return Path.of(path);
            }
        } catch (InvalidPathException e) {
            // As any other that is no absolute path.
        }
        throw new IOException("parameter path of storage class " + storageClass.getMetadata().getName() + " is " + path
                + ", which is no absolute path");
    }

    private static void requireRoom(Path parent, long size) throws IOException {
        long total = Files.getFileStore(parent).getTotalSpace();
        if (size > total) {
            throw new IOException(size + " bytes are more than the filesystem of " + parent + " has, " + total
                    + ": ask for less, or use a class with another path");
        }
    }

    private static PersistentVolume volume(String name, PersistentVolumeClaim claim, StorageClass storageClass,
            Path folder) {
        return new PersistentVolumeBuilder().withNewMetadata().withName(name)
                .addToAnnotations(VolumeAnnotations.PROVISIONED_BY, storageClass.getProvisioner()).endMetadata()
                .withNewSpec().withAccessModes(claim.getSpec().getAccessModes())
                .addToCapacity("storage", claim.getSpec().getResources().getRequests().get("storage"))
                .withPersistentVolumeReclaimPolicy(storageClass.getReclaimPolicy())
                .withStorageClassName(storageClass.getMetadata().getName())
                .withVolumeMode(Objects.requireNonNullElse(claim.getSpec().getVolumeMode(), VolumeModes.FILESYSTEM))
                .withNewCsi().withDriver(storageClass.getProvisioner()).withVolumeHandle(name)
                .addToVolumeAttributes(VolumePath.FOLDER, folder.toString()).endCsi()
                .withClaimRef(References.to(claim)).endSpec().build();
    }

    /** Whether the volume was made here, so that its data may be deleted with it. */
    static boolean isOurs(PersistentVolume volume) {
        String name = volume.getMetadata().getName();
        return NAME.matcher(name).matches() && volume.getSpec().getCsi() != null
                && VolumePath.folder(volume.getSpec().getCsi()).filter(folder -> folder.endsWith(name)).isPresent();
    }

    /** Deletes the data of a volume that was made here. */
    void delete(PersistentVolume volume) throws IOException {
        barrier.run();
        VolumeFolders.delete(VolumePath.folder(volume.getSpec().getCsi()).orElseThrow());
    }
}
