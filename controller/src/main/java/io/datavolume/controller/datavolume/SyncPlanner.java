package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.StorageSpec;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.Reasons;
import io.datavolume.storage.ClaimRenderer;
import io.datavolume.storage.ClaimRendering;
import io.datavolume.storage.ClaimRequest;
import io.datavolume.storage.ClaimRequest.MissingSize;
import io.datavolume.storage.PopulatorUse;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides which objects a DataVolume that is imported, or populated by somebody else, is to have. */
final class SyncPlanner {

    private SyncPlanner() {}

    /**
     * @param source what to import; empty for external population
     * @param detected size of the image in bytes, where none is given and it was read already
     */
    static SyncPlan plan(Seen seen, Optional<ImportSource> source, OptionalLong detected, World world) {
        return seen.claim().isPresent()
                ? withClaim(seen, seen.claim().get(), world)
                : withoutClaim(seen, source, detected, world);
    }

    private static SyncPlan withClaim(Seen seen, PersistentVolumeClaim claim, World world) {
        DataVolume dataVolume = seen.dataVolume();
        String name = claim.getMetadata().getName();
        if (Seen.isDeleting(claim)) {
            return SyncPlan.failed(Notice.warning(Reasons.RESOURCE_MARKED_FOR_DELETION,
                    Messages.resourceMarkedForDeletion(name)));
        }
        List<SyncStep> steps = new ArrayList<>();
        if (!Owners.isControlledBy(claim, dataVolume)) {
            if (seen.requiresWork(claim) || Owners.controllerOf(claim).isPresent()) {
                return SyncPlan.failed(Notice.warning(Reasons.RESOURCE_EXISTS, Messages.resourceExists(name)));
            }
            steps.add(new SyncStep.PatchClaim(Ownership.adopt(dataVolume, claim)));
        }
        Optional<SyncPlan> fixed = StaticVolume.withClaim(dataVolume, claim);
        if (fixed.isPresent()) {
            return fixed.get();
        }
        Patch.Builder patch = Patch.of(dataVolume);
        boolean populated = Annotations.is(claim, Annotations.POPULATED_FOR, dataVolume.getMetadata().getName());
        if (populated && ClaimPhases.isBound(claim) && !Annotations.is(dataVolume, Annotations.PRE_POPULATED, name)) {
            patch.annotation(Annotations.PRE_POPULATED, name);
        }
        // Known since the claim was made; of a claim that is adopted it is not.
        String use = usesPopulator(dataVolume, claim.getSpec(), world);
        if (!Annotations.is(dataVolume, Annotations.USE_POPULATOR, use)) {
            patch.annotation(Annotations.USE_POPULATOR, use);
        }
        passLabels(dataVolume, claim, patch);
        if (!patch.isEmpty()) {
            steps.add(new SyncStep.PatchDataVolume(patch.build()));
        }
        if (dataVolume.phase() == Phase.SUCCEEDED) {
            afterwards(dataVolume, claim, steps);
        }
        return SyncPlan.of(steps);
    }

    /** What waits until the disk is there. */
    private static void afterwards(DataVolume dataVolume, PersistentVolumeClaim claim, List<SyncStep> steps) {
        Annotations.of(dataVolume, Annotations.POPULATED_FOR)
                .filter(value -> !Annotations.has(claim, Annotations.POPULATED_FOR))
                .ifPresent(value -> steps.add(new SyncStep.PatchClaim(
                        Patch.of(claim).annotation(Annotations.POPULATED_FOR, value).build())));
        if (Seen.usesPopulator(claim) && Annotations.is(claim, PodAnnotations.PHASE, PodPhases.SUCCEEDED)) {
            steps.add(new SyncStep.DeleteSource());
        }
    }

    /** The default instance type that an image names, unless the user has named one; and what else it tells of itself. */
    private static void passLabels(DataVolume dataVolume, PersistentVolumeClaim claim, Patch.Builder patch) {
        boolean named = Labels.DEFAULT_INSTANCETYPES.stream().anyMatch(l -> Labels.of(dataVolume, l).isPresent());
        if (!named) {
            Labels.DEFAULT_INSTANCETYPES.forEach(label -> Labels.of(claim, label)
                    .ifPresent(value -> patch.label(label, value)));
        }
        List.of(Labels.ARCHITECTURE, Labels.DYNAMIC_CREDENTIALS).stream()
                .filter(label -> Labels.of(dataVolume, label).isEmpty())
                .forEach(label -> Labels.of(claim, label).ifPresent(value -> patch.label(label, value)));
    }

    private static SyncPlan withoutClaim(Seen seen, Optional<ImportSource> source, OptionalLong detected,
            World world) {
        DataVolume dataVolume = seen.dataVolume();
        if (Annotations.has(dataVolume, Annotations.PRE_POPULATED)) {
            return SyncPlan.NOTHING;
        }
        return switch (render(dataVolume, source, detected, world)) {
            case ClaimRendering.Refused refused -> refused(refused);
            case ClaimRendering.SizeMissing missing ->
                SyncPlan.of(List.of(new SyncStep.DetectSize(missing.withoutSize())));
            case ClaimRendering.Rendered rendered -> create(seen, source, rendered.spec(), world);
        };
    }

    private static SyncPlan create(Seen seen, Optional<ImportSource> source, PersistentVolumeClaimSpec spec,
            World world) {
        DataVolume dataVolume = seen.dataVolume();
        List<SyncStep> steps = new ArrayList<>();
        DataVolume decided = dataVolume;
        String use = usesPopulator(dataVolume, spec, world);
        if (!Annotations.is(dataVolume, Annotations.USE_POPULATOR, use)) {
            steps.add(new SyncStep.PatchDataVolume(
                    Patch.of(dataVolume).annotation(Annotations.USE_POPULATOR, use).build()));
            decided = Ownership.annotated(dataVolume, Annotations.USE_POPULATOR, use);
        }
        NewClaim claim = new NewClaim(decided, spec, world.labels(), world.preallocation());
        if (Annotations.has(dataVolume, Annotations.CHECK_STATIC_VOLUME)) {
            List<String> volumes = StaticVolume.matching(spec, world.reserved());
            if (!volumes.isEmpty()) {
                steps.add(new SyncStep.CreateClaim(claim.ofStaticVolume(volumes)));
                return SyncPlan.of(steps);
            }
        }
        if (source.isEmpty()) {
            steps.add(new SyncStep.CreateClaim(claim.external()));
        } else if (Boolean.parseBoolean(use)) {
            steps.add(new SyncStep.CreateSource(NewClaim.source(dataVolume, world.preallocation())));
            steps.add(new SyncStep.CreateClaim(claim.populated(!seen.honorsFirstConsumer())));
        } else {
            steps.add(new SyncStep.CreateClaim(claim.imported(source.get())));
        }
        return SyncPlan.of(steps);
    }

    /** Value of the annotation that tells which flow a claim takes, or would take. */
    private static String usesPopulator(DataVolume dataVolume, PersistentVolumeClaimSpec spec, World world) {
        return String.valueOf(PopulatorUse.decide(dataVolume, Optional.ofNullable(spec.getStorageClassName()),
                world.storage().classes(), world.hasCsiDriver()));
    }

    private static ClaimRendering render(DataVolume dataVolume, Optional<ImportSource> source,
            OptionalLong detected, World world) {
        DataVolumeSpec spec = dataVolume.getSpec();
        StorageSpec storage = spec.storage();
        if (storage == null) {
            return spec.pvc() == null
                    ? new ClaimRendering.Refused("Missing Data volume PVC", List.of("Missing Data volume PVC"), false)
                    : new ClaimRendering.Rendered(spec.pvc());
        }
        boolean webhook = world.rendersClaims()
                && Labels.of(dataVolume, Labels.APPLY_STORAGE_PROFILE).filter("true"::equals).isPresent();
        if (webhook) {
            return new ClaimRendering.Rendered(ClaimRenderer.leaveToWebhook(storage));
        }
        boolean readable = source.filter(SizeDetection::isPossible).isPresent();
        ClaimRequest request = ClaimRequest.of(storage, spec.archive(),
                readable ? MissingSize.DETECTED : MissingSize.REFUSED);
        return ClaimRenderer.render(detected.isPresent() && storage.size().isEmpty()
                ? request.withSize(detected.getAsLong())
                : request, world.storage());
    }

    private static SyncPlan refused(ClaimRendering.Refused refused) {
        Notice why = Notice.warning(ClaimRendering.Refused.REASON, refused.message());
        List<Notice> others = refused.events().stream().filter(event -> !event.equals(refused.message()))
                .map(event -> Notice.warning(ClaimRendering.Refused.REASON, event)).toList();
        return SyncPlan.blocked(PhasePlan.forced(Phase.PENDING, why), others);
    }
}
