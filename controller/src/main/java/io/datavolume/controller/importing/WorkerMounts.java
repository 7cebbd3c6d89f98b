package io.datavolume.controller.importing;

import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.VolumeModes;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** The volumes of a worker pod and where they are. */
record WorkerMounts(List<Volume> volumes, List<VolumeMount> mounts, List<VolumeDevice> devices) {

    private static final Quantity TEMPORARY_LIMIT = new Quantity("64Mi");
    private static final Quantity JOURNAL_LIMIT = new Quantity("64Mi");

    /**
     * What a worker that only looks at the source needs.
     *
     * @param name of what it works for, which the copy of the proxy's certificates is named after
     */
    static WorkerMounts ofSource(String name, ImportRequest request, WorkerSettings settings) {
        WorkerMounts mounts = new WorkerMounts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        request.certConfigMap()
                .ifPresent(map -> mounts.configMap(WorkerLayout.CERT_VOLUME, map, WorkerLayout.CERT_PATH));
        request.secret().ifPresent(
                secret -> mounts.secret(WorkerLayout.SECRET_VOLUME, secret, WorkerLayout.SECRET_PATH));
        for (int i = 0; i < request.secretHeaders().size(); i++) {
            mounts.secret(WorkerLayout.HEADERS_VOLUME + i, request.secretHeaders().get(i),
                    WorkerLayout.HEADERS_PATH + i);
        }
        if (settings.proxy().trustsOwnCertificates() && !request.isBlank()) {
            mounts.configMap(WorkerLayout.PROXY_CERT_VOLUME, Names.proxyCertificates(name),
                    WorkerLayout.PROXY_CERT_PATH);
        }
        mounts.empty(WorkerLayout.TEMPORARY_VOLUME, WorkerLayout.TEMPORARY_PATH, TEMPORARY_LIMIT);
        return mounts;
    }

    static WorkerMounts of(PersistentVolumeClaim claim, ImportRequest request, WorkerSettings settings) {
        String name = claim.getMetadata().getName();
        WorkerMounts mounts = ofSource(name, request, settings);
        if (isBlock(claim)) {
            mounts.volumes.add(claimVolume(WorkerLayout.DATA_VOLUME, name));
            mounts.devices.add(new VolumeDevice(WorkerLayout.BLOCK_DEVICE, WorkerLayout.DATA_VOLUME));
            mounts.empty(WorkerLayout.JOURNAL_VOLUME, WorkerLayout.JOURNAL_PATH, JOURNAL_LIMIT);
        } else {
            mounts.mount(claimVolume(WorkerLayout.DATA_VOLUME, name), WorkerLayout.DATA_PATH, false);
        }
        if (request.scratch()) {
            mounts.mount(claimVolume(WorkerLayout.SCRATCH_VOLUME, Names.scratch(name)), WorkerLayout.SCRATCH_PATH,
                    false);
        }
        return mounts;
    }

    static boolean isBlock(PersistentVolumeClaim claim) {
        return VolumeModes.BLOCK.equals(claim.getSpec().getVolumeMode());
    }

    private void secret(String volume, String secret, String path) {
        mount(new VolumeBuilder().withName(volume).withNewSecret().withSecretName(secret).endSecret().build(), path,
                true);
    }

    private void configMap(String volume, String map, String path) {
        mount(new VolumeBuilder().withName(volume).withNewConfigMap().withName(map).endConfigMap().build(), path,
                true);
    }

    private void empty(String volume, String path, Quantity limit) {
        mount(new VolumeBuilder().withName(volume).withNewEmptyDir().withSizeLimit(limit).endEmptyDir().build(), path,
                false);
    }

    private void mount(Volume volume, String path, boolean readOnly) {
        volumes.add(volume);
        mounts.add(new VolumeMountBuilder().withName(volume.getName()).withMountPath(path)
                .withReadOnly(readOnly ? Boolean.TRUE : null).build());
    }

    private static Volume claimVolume(String volume, String claim) {
        return new VolumeBuilder().withName(volume)
                .withNewPersistentVolumeClaim().withClaimName(claim).endPersistentVolumeClaim().build();
    }
}
