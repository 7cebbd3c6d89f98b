package io.datavolume.standalone;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.standalone.objects.RetryRequest;
import io.datavolume.standalone.objects.VolumeState;
import io.datavolume.standalone.volumes.VolumePath;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits until DataVolumes are disks, or go no further, and tells what became of each. */
final class VolumeWait {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** What the worker writes into a volume that is a folder. */
    private static final String DISK = "disk.img";

    private final ClusterSession session;
    private final Streams streams;
    private final long deadline;
    private final Informer<DataVolume> volumes;
    private final Informer<PersistentVolumeClaim> claims;

    VolumeWait(ClusterSession session, Streams streams, Seconds atMost) {
        this.session = session;
        this.streams = streams;
        this.deadline = System.nanoTime() + Duration.ofSeconds(atMost.value()).toNanos();
        this.volumes = session.cluster().informer(Kinds.DATA_VOLUME);
        this.claims = session.cluster().informer(Kinds.CLAIM);
    }

    /** The exit code of the first that failed. */
    ExitCode await(List<Key> keys) {
        Map<Key, Integer> attempts = new LinkedHashMap<>();
        keys.forEach(key -> attempts.put(key, again(key)));
        Map<Key, VolumeState> ended = new LinkedHashMap<>();
        try (VolumesView view = VolumesView.of(streams.err(), keys.stream().map(Key::name).toList())) {
            while (ended.size() < keys.size() && System.nanoTime() < deadline) {
                for (int i = 0; i < keys.size(); i++) {
                    Key key = keys.get(i);
                    if (ended.containsKey(key)) {
                        continue;
                    }
                    Optional<VolumeState> state = state(key);
                    state.ifPresent(present -> {
                        if (isEnd(present, attempts.getOrDefault(key, 0))) {
                            ended.put(key, present);
                        }
                    });
                    if (state.isEmpty()) {
                        ended.put(key, gone());
                    }
                    view.update(i, ended.getOrDefault(key, state.orElseGet(VolumeWait::gone)));
                }
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ExitCode code = ExitCode.DONE;
        for (Key key : keys) {
            ExitCode own = tell(key, Optional.ofNullable(ended.get(key)));
            code = code == ExitCode.DONE ? own : code;
        }
        return code;
    }

    private Optional<VolumeState> state(Key key) {
        return volumes.get(key).map(volume -> VolumeState.of(volume, claims.get(key)));
    }

    private static VolumeState gone() {
        return new VolumeState(Phase.FAILED, Optional.empty(), "it was deleted", Optional.empty(), 0);
    }

    /** Asks for another try of what waits for its user since an earlier command; returns how often it has failed. */
    private int again(Key key) {
        Optional<VolumeState> before = state(key);
        Cluster cluster = session.cluster();
        if (before.filter(state -> state.failure().isPresent() && state.phase() != Phase.FAILED).isPresent()) {
            volumes.get(key).ifPresent(volume -> RetryRequest.send(cluster, volume));
        }
        return before.map(VolumeState::attempts).orElse(0);
    }

    private static boolean isEnd(VolumeState state, int attempts) {
        return state.phase().isFinal() || isIdle(state) || state.failure().isPresent() && state.attempts() != attempts;
    }

    /** Whether it waits for somebody who uses it. */
    private static boolean isIdle(VolumeState state) {
        return state.phase() == Phase.WAIT_FOR_FIRST_CONSUMER || state.phase() == Phase.PENDING_POPULATION;
    }

    private ExitCode tell(Key key, Optional<VolumeState> end) {
        if (end.isEmpty()) {
            streams.error("Tried to wait for DataVolume " + key + " but it is not complete in time: "
                    + state(key).map(VolumesView::words).orElse("it is gone"),
                    "cdi describe dv " + key.name() + " -n " + key.namespace() + " tells more");
            return ExitCode.FAILED;
        }
        VolumeState state = end.get();
        if (state.isComplete()) {
            streams.out().println(key.name() + ": " + disk(key));
            streams.out().flush();
            return ExitCode.DONE;
        }
        if (isIdle(state)) {
            streams.error("DataVolume " + key + " waits for a pod that uses it",
                    "the annotation cdi.kubevirt.io/storage.bind.immediate.requested=true fills it at once");
            return ExitCode.FAILED;
        }
        String place = key.name() + " -n " + key.namespace();
        streams.error("DataVolume " + key + " failed: " + state.note(), state.phase() == Phase.FAILED
                ? "cdi describe dv " + place + " tells more; cdi delete dv " + place + " makes room for another try"
                : "when it is mended, the same command, or cdi retry dv " + place + ", tries again at once");
        return ExitCode.of(new NeedsUserException(state.failure().orElse(Reason.NOT_FOUND), state.note()));
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
