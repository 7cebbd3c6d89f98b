package io.datavolume.standalone;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.standalone.objects.Awaited;
import io.datavolume.standalone.objects.RetryRequest;
import io.datavolume.standalone.objects.VolumeState;
import io.datavolume.standalone.volumes.VolumePath;
import io.datavolume.storage.BindingMode;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits until DataVolumes and claims are disks, or go no further, and tells what became of each. */
final class VolumeWait {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** What the worker writes into a volume that is a folder. */
    private static final String DISK = "disk.img";

    private final ClusterSession session;
    private final Streams streams;
    private final long deadline;
    private final Informer<DataVolume> volumes;
    private final Informer<PersistentVolumeClaim> claims;
    private final Map<Optional<String>, BindingMode> modes = new HashMap<>();

    VolumeWait(ClusterSession session, Streams streams, Seconds atMost) {
        this.session = session;
        this.streams = streams;
        this.deadline = System.nanoTime() + Duration.ofSeconds(atMost.value()).toNanos();
        this.volumes = session.cluster().informer(Kinds.DATA_VOLUME);
        this.claims = session.cluster().informer(Kinds.CLAIM);
    }

    /** The exit code of the first that failed. */
    ExitCode await(List<Awaited> all) {
        Map<Awaited, Integer> attempts = new LinkedHashMap<>();
        all.forEach(one -> attempts.put(one, again(one)));
        Map<Awaited, VolumeState> ended = new LinkedHashMap<>();
        try (VolumesView view = VolumesView.of(streams.err(), all.stream().map(one -> one.key().name()).toList())) {
            while (ended.size() < all.size() && System.nanoTime() < deadline) {
                for (int i = 0; i < all.size(); i++) {
                    Awaited one = all.get(i);
                    if (ended.containsKey(one)) {
                        continue;
                    }
                    VolumeState state = state(one).orElseGet(VolumeWait::gone);
                    if (isEnd(state, attempts.getOrDefault(one, 0))) {
                        ended.put(one, state);
                    }
                    view.update(i, state);
                }
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ExitCode code = ExitCode.DONE;
        for (Awaited one : all) {
            ExitCode own = tell(one, Optional.ofNullable(ended.get(one)));
            code = code == ExitCode.DONE ? own : code;
        }
        return code;
    }

    private Optional<VolumeState> state(Awaited one) {
        Optional<PersistentVolumeClaim> claim = claims.get(one.key());
        return one.isClaim()
                ? claim.map(present -> VolumeState.of(present, waits(present)))
                : volumes.get(one.key()).map(volume -> VolumeState.of(volume, claim));
    }

    /** Whether a claim has its volume made only when a pod uses it, and none does. */
    private boolean waits(PersistentVolumeClaim claim) {
        return modes.computeIfAbsent(Optional.ofNullable(claim.getSpec().getStorageClassName()), this::mode)
                .holdsBack(claim);
    }

    private BindingMode mode(Optional<String> storageClass) {
        try {
            return BindingMode.ofClaim(storageClass,
                    StorageClasses.of(session.cluster().list(Kinds.STORAGE_CLASS, Selection.ALL)));
        } catch (ClusterException.Forbidden e) {
            // A user who may not see storage classes sees the claim pending.
            return BindingMode.IMMEDIATE;
        }
    }

    private static VolumeState gone() {
        return new VolumeState(Phase.FAILED, Optional.empty(), "it was deleted", Optional.empty(), 0);
    }

    /** Asks for another try of what waits for its user since an earlier command; returns how often it has failed. */
    private int again(Awaited one) {
        Optional<VolumeState> before = state(one);
        if (before.filter(state -> state.failure().isPresent() && state.phase() != Phase.FAILED).isPresent()) {
            Cluster cluster = session.cluster();
            if (one.isClaim()) {
                claims.get(one.key()).ifPresent(claim -> RetryRequest.send(cluster, Kinds.CLAIM, claim));
            } else {
                volumes.get(one.key()).ifPresent(volume -> RetryRequest.send(cluster, Kinds.DATA_VOLUME, volume));
            }
        }
        return before.map(VolumeState::attempts).orElse(0);
    }

    private static boolean isEnd(VolumeState state, int attempts) {
        return state.phase().isFinal() || isIdle(state) || isUnsupported(state)
                || state.failure().isPresent() && state.attempts() != attempts;
    }

    /** Whether it waits for somebody who uses it. */
    private static boolean isIdle(VolumeState state) {
        return state.phase() == Phase.WAIT_FOR_FIRST_CONSUMER || state.phase() == Phase.PENDING_POPULATION;
    }

    private static boolean isUnsupported(VolumeState state) {
        return state.failure().filter(reason -> reason == Reason.USAGE).isPresent();
    }

    private ExitCode tell(Awaited one, Optional<VolumeState> end) {
        if (end.isEmpty()) {
            streams.error("Tried to wait for " + one + " but it is not complete in time: "
                    + state(one).map(VolumesView::words).orElse("it is gone"),
                    "cdi describe " + one.words() + " tells more");
            return ExitCode.FAILED;
        }
        VolumeState state = end.get();
        if (state.isComplete()) {
            streams.out().println(one.key().name() + ": " + disk(one.key()));
            streams.out().flush();
            return ExitCode.DONE;
        }
        if (isIdle(state)) {
            streams.error(one + " waits for a pod that uses it",
                    "the annotation cdi.kubevirt.io/storage.bind.immediate.requested=true fills it at once");
            return ExitCode.FAILED;
        }
        streams.error(one + " failed: " + state.note(), hint(one, state));
        return ExitCode.of(new NeedsUserException(state.failure().orElse(Reason.NOT_FOUND), state.note()));
    }

    private static String hint(Awaited one, VolumeState state) {
        if (state.phase() == Phase.FAILED || isUnsupported(state)) {
            return "cdi describe " + one.words() + " tells more; cdi delete " + one.words()
                    + " makes room for another try";
        }
        return "when it is mended, the same command" + (one.isClaim() ? " " : ", or cdi retry " + one.words() + ", ")
                + "tries again at once";
    }

    /** Where the disk is: its file here, its claim in a cluster. */
    private String disk(Key key) {
        Optional<Path> path = session.local()
                ? claims.get(key)
                        .flatMap(claim -> session.cluster().get(Kinds.VOLUME,
                                Key.cluster(claim.getSpec().getVolumeName())))
                        .flatMap(VolumeWait::disk)
                : Optional.empty();
        return path.map(Path::toString).orElse("PersistentVolumeClaim " + key);
    }

    static Optional<Path> disk(PersistentVolume volume) {
        return VolumePath.of(volume)
                .map(path -> VolumeModes.BLOCK.equals(volume.getSpec().getVolumeMode()) ? path : path.resolve(DISK));
    }
}
