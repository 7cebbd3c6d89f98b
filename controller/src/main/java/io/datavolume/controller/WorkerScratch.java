package io.datavolume.controller;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Installer;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.RetryAnnotations;
import io.datavolume.controller.config.ConfigView;
import io.datavolume.controller.importing.ScratchSpace;
import io.datavolume.scratch.ScratchClaims;
import io.datavolume.scratch.ScratchPlanner;
import io.datavolume.scratch.ScratchSettings;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;

/** Scratch claims of importer pods, planned and made by the scratch module. */
final class WorkerScratch implements ScratchSpace {

    private final Cluster cluster;
    private final EventRecorder events;
    private final ClusterSettings settings;
    private final Installer installer;
    private final ScratchClaims claims;

    WorkerScratch(Cluster cluster, EventRecorder events, ClusterSettings settings, Installer installer) {
        this.cluster = cluster;
        this.events = events;
        this.settings = settings;
        this.installer = installer;
        claims = new ScratchClaims(cluster);
    }

    @Override
    public void provide(PersistentVolumeClaim claim, Pod pod) {
        ConfigView config = settings.config();
        PersistentVolumeClaim scratch = ScratchPlanner.claim(claim, pod, asked(claim),
                new ScratchSettings(config.scratchClass(), settings.classes(), config.overheads(), installer));
        try {
            switch (claims.ensure(scratch, pod)) {
                case READY -> made(claim);
                case TERMINATING -> {
                    cluster.delete(Kinds.POD, Key.of(pod), pod.getMetadata().getUid());
                    throw new IllegalStateException(ClaimMessages.terminatingScratch(pod.getMetadata().getName()));
                }
                case TAKEN -> throw new IllegalStateException("claim " + Key.of(scratch)
                        + " is not the importer's: delete it, or rename it");
            }
        } catch (ClusterException.Forbidden e) {
            if (e.isQuota()) {
                events.warning(claim, Reasons.EXCEEDED_QUOTA, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public void remove(Pod pod) {
        Owners.controllerOf(pod, Kinds.CLAIM).flatMap(cluster.informer(Kinds.CLAIM)::get)
                .ifPresent(claim -> claims.delete(claim, pod));
    }

    private void made(PersistentVolumeClaim claim) {
        if (Annotations.is(claim, PodAnnotations.BOUND_REASON, Reasons.CREATING_SCRATCH_SPACE)
                && Annotations.is(claim, ImportAnnotations.REQUIRES_SCRATCH, "false")) {
            return;
        }
        cluster.patch(Kinds.CLAIM, Key.of(claim), Patch.of(claim)
                .annotation(ImportAnnotations.REQUIRES_SCRATCH, "false")
                .annotation(PodAnnotations.BOUND, "false")
                .annotation(PodAnnotations.BOUND_REASON, Reasons.CREATING_SCRATCH_SPACE)
                .annotation(PodAnnotations.BOUND_MESSAGE, Messages.CREATING_SCRATCH_SPACE).build());
    }

    private static long asked(PersistentVolumeClaim claim) {
        return Annotations.of(claim, RetryAnnotations.SCRATCH_BYTES).filter(n -> n.matches("\\d{1,18}"))
                .map(Long::parseLong).orElse(0L);
    }
}
