package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.wire.Names;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Workers that only look at a source: what is in it, and how large the disk is. */
public final class InspectionPods {

    /** What an inspection came to. */
    public sealed interface Inspected {

        record Running() implements Inspected {}

        /** @param bytes virtual size of the disk, 1 or more */
        record Size(long bytes) implements Inspected {}

        /** @param message what was attempted and what is wrong */
        record Failed(String message) implements Inspected {}
    }

    /**
     * @param now whether the failed pod is to be replaced
     * @param patch notes the failure on the DataVolume
     * @param look when to look again
     */
    public record Retry(boolean now, Optional<Patch> patch, Duration look) {}

    private static final String COMPLETE = "Import Complete";

    private final Cluster cluster;
    private final ImportSettings settings;
    private final Clock clock;
    private final ProxyCertificates certificates;

    public InspectionPods(Cluster cluster, ImportSettings settings, Clock clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        certificates = new ProxyCertificates(cluster, settings);
    }

    public Pod pod(DataVolume dataVolume, ImportSource source) {
        Map<String, String> passed = new LinkedHashMap<>(
                Objects.requireNonNullElse(dataVolume.getMetadata().getAnnotations(), Map.of()));
        passed.putAll(SourceAnnotations.of(source));
        ImportRequest request = ImportRequest.of(passed);
        WorkerSettings worker = settings.worker();
        WorkerPod.Frame frame = new WorkerPod.Frame(Names.sizeDetection(dataVolume.getMetadata().getUid()),
                dataVolume.getMetadata().getNamespace(), Owners.controller(dataVolume), passed, Map.of(),
                Optional.empty(), RetryBasis.of(dataVolume, request, cluster));
        return WorkerPod.of(frame, WorkerMounts.ofSource(frame.name(), request, worker),
                WorkerOrder.inspect(request, worker), worker);
    }

    /** Gives the pod what it waits for; says whether it has it. */
    public boolean provide(DataVolume dataVolume, Pod pod, EventRecorder events) {
        return certificates.provide(pod, dataVolume, events);
    }

    public Inspected result(Pod pod) {
        WorkerState state = WorkerState.of(pod);
        if (state.lacksImage()) {
            return new Inspected.Failed("failed to pull image: " + state.image());
        }
        return state.ended().map(WorkerAnswer::of).map(InspectionPods::result).orElse(new Inspected.Running());
    }

    public Retry retry(DataVolume dataVolume, Pod pod) {
        RetrySchedule known = RetrySchedule.of(dataVolume);
        RetrySchedule failed = known.failed(pod, clock.instant());
        String basis = RetryBasis.of(dataVolume, ImportRequest.of(passed(dataVolume)), cluster);
        if (!failed.equals(known)) {
            Patch.Builder patch = Patch.of(dataVolume);
            failed.annotations().forEach(patch::annotation);
            return new Retry(false, Optional.of(patch.build()), RetrySchedule.LOOK);
        }
        return new Retry(known.isDue(clock.instant(), () -> basis), Optional.empty(), RetrySchedule.LOOK);
    }

    private static Map<String, String> passed(DataVolume dataVolume) {
        return dataVolume.getSpec().onlySource().filter(ImportSource.class::isInstance)
                .map(source -> SourceAnnotations.of((ImportSource) source)).orElse(Map.of());
    }

    private static Inspected result(WorkerAnswer answer) {
        Optional<TransferResult> result = answer.result().filter(r -> r.outcome() == Outcome.COMPLETE);
        if (result.isPresent() && result.get().virtualSize() > 0) {
            return new Inspected.Size(result.get().virtualSize());
        }
        if (answer.result().filter(r -> r.outcome() == Outcome.RETRYABLE).isPresent() && answer.exitCode() != 0) {
            return new Inspected.Running();
        }
        return new Inspected.Failed(result.isPresent() || answer.text().startsWith(COMPLETE)
                ? "nothing in it states its size"
                : answer.text());
    }
}
