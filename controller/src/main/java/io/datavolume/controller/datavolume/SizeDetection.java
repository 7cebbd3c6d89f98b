package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.HttpSource;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.RegistrySource;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.controller.importing.InspectionPods;
import io.datavolume.controller.importing.ProxyCertificates;
import io.datavolume.controller.importing.InspectionPods.Inspected;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the size of a disk from its image, by a short worker, for a DataVolume that names none. */
public final class SizeDetection {

    private static final long MEBI = 1 << 20;

    /**
     * @param bytes size of the disk, once it is known
     * @param blocked what the status says until then
     * @param outcome when to look again
     * @param notice tells what was chosen
     */
    record Result(OptionalLong bytes, Optional<PhasePlan> blocked, Outcome outcome, Optional<Notice> notice) {

        static final Result NONE = new Result(OptionalLong.empty(), Optional.empty(), Outcome.DONE, Optional.empty());

        private static Result blocked(Notice why, Outcome outcome) {
            return new Result(OptionalLong.empty(), Optional.of(PhasePlan.forced(Phase.PENDING, why)), outcome,
                    Optional.empty());
        }
    }

    private final Cluster cluster;
    private final InspectionPods inspections;
    private final Informer<Pod> pods;

    public SizeDetection(Cluster cluster, InspectionPods inspections) {
        this.cluster = cluster;
        this.inspections = inspections;
        pods = cluster.informer(Kinds.POD);
    }

    /** Whether images of such a source tell their size before they are read whole. */
    static boolean isPossible(ImportSource source) {
        return source instanceof HttpSource || source instanceof RegistrySource;
    }

    /** The size, if a worker has read it already. */
    Result look(DataVolume dataVolume, ImportSource source) {
        if (!isPossible(source) || dataVolume.getSpec().size().isPresent()) {
            return Result.NONE;
        }
        return pod(dataVolume).map(inspections::result).filter(Inspected.Size.class::isInstance)
                .map(inspected -> found(((Inspected.Size) inspected).bytes())).orElse(Result.NONE);
    }

    /** Starts a worker, waits for it, or says why it could not read the size. */
    Result detect(DataVolume dataVolume, ImportSource source, EventRecorder events) {
        Optional<Pod> pod = pod(dataVolume);
        if (pod.isEmpty()) {
            return create(dataVolume, source, events);
        }
        return switch (inspections.result(pod.get())) {
            case Inspected.Running running -> Result.blocked(
                    Notice.normal(Reasons.SIZE_DETECTION_POD_CREATED, "The size is being read from the image"),
                    given(dataVolume, pod.get(), events));
            case Inspected.Size size -> found(size.bytes());
            case Inspected.Failed failed -> failed(dataVolume, pod.get(), failed.message());
        };
    }

    /** The claim has been made: the worker has served. */
    void done(DataVolume dataVolume) {
        pod(dataVolume).ifPresent(pod -> cluster.delete(Kinds.POD, Key.of(pod), pod.getMetadata().getUid()));
    }

    private Outcome given(DataVolume dataVolume, Pod pod, EventRecorder events) {
        return inspections.provide(dataVolume, pod, events) ? Outcome.DONE : Outcome.after(ProxyCertificates.LOOK);
    }

    private Result create(DataVolume dataVolume, ImportSource source, EventRecorder events) {
        Outcome outcome = Outcome.DONE;
        try {
            outcome = given(dataVolume, cluster.create(Kinds.POD, inspections.pod(dataVolume, source)), events);
        } catch (ClusterException.AlreadyExists e) {
            // Made a moment ago.
        }
        return Result.blocked(
                Notice.normal(Reasons.SIZE_DETECTION_POD_CREATED, "The size is being read from the image"),
                outcome);
    }

    private Result failed(DataVolume dataVolume, Pod pod, String message) {
        InspectionPods.Retry retry = inspections.retry(dataVolume, pod);
        if (retry.now()) {
            cluster.delete(Kinds.POD, Key.of(pod), pod.getMetadata().getUid());
        } else if (retry.patch().isPresent()) {
            cluster.patch(Kinds.DATA_VOLUME, Key.of(dataVolume), retry.patch().get());
        }
        return Result.blocked(Notice.warning(Reasons.SIZE_NOT_DETECTED,
                "Storage size is missing and could not be read from the image: " + message
                        + ". Give spec.storage.resources.requests.storage"),
                Outcome.after(retry.look()));
    }

    private static Result found(long bytes) {
        long rounded = Math.max(MEBI, Math.ceilDiv(bytes, MEBI) * MEBI);
        return new Result(OptionalLong.of(rounded), Optional.empty(), Outcome.DONE,
                Optional.of(Notice.normal(Reasons.SIZE_DETECTED, "The image's virtual size is " + bytes
                        + " bytes; the claim is made for a disk of " + rounded / MEBI + "Mi")));
    }

    private Optional<Pod> pod(DataVolume dataVolume) {
        return pods.get(new Key(dataVolume.getMetadata().getNamespace(),
                Names.sizeDetection(dataVolume.getMetadata().getUid())));
    }
}
