package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An object that is being deleted, with what goes after it. */
public final class Deleting {

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final String RETAIN = "Retain";

    private record Part(Kind<?> kind, Key key, String uid) {

        boolean isThere(Cluster cluster) {
            return cluster.get(kind, key).filter(object -> uid.equals(object.getMetadata().getUid())).isPresent();
        }
    }

    private final Cluster cluster;
    private final List<Part> parts = new ArrayList<>();

    private Deleting(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Empty if there is no such object. */
    public static <T extends HasMetadata> Optional<Deleting> begin(Cluster cluster, Kind<T> kind, Key key) {
        Optional<T> object = cluster.get(kind, key);
        return object.map(there -> {
            Deleting deleting = new Deleting(cluster);
            deleting.add(kind, there);
            if (kind == Kinds.DATA_VOLUME) {
                cluster.get(Kinds.CLAIM, key).filter(claim -> isOwned(claim, there.getMetadata().getUid()))
                        .ifPresent(deleting::addClaim);
            } else if (there instanceof PersistentVolumeClaim claim) {
                deleting.addVolume(claim);
            }
            cluster.delete(kind, key, there.getMetadata().getUid());
            return deleting;
        });
    }

    private void add(Kind<?> kind, HasMetadata object) {
        parts.add(new Part(kind, Key.of(object), object.getMetadata().getUid()));
    }

    private void addClaim(PersistentVolumeClaim claim) {
        add(Kinds.CLAIM, claim);
        addVolume(claim);
    }

    private void addVolume(PersistentVolumeClaim claim) {
        Optional.ofNullable(claim.getSpec().getVolumeName()).filter(name -> !name.isEmpty())
                .flatMap(name -> cluster.get(Kinds.VOLUME, Key.cluster(name))).filter(Deleting::goesToo)
                .ifPresent(volume -> add(Kinds.VOLUME, volume));
    }

    private static boolean goesToo(PersistentVolume volume) {
        return !RETAIN.equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
    }

    private static boolean isOwned(HasMetadata object, String uid) {
        return Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .anyMatch(owner -> uid.equals(owner.getUid()));
    }

    /** Whether all of it is gone in that time. */
    public boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (parts.stream().anyMatch(part -> part.isThere(cluster))) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(INTERVAL);
        }
        return true;
    }

    /** What is still there, with the finalizers that hold it. */
    public String holders() {
        List<String> held = new ArrayList<>();
        for (Part part : parts) {
            cluster.get(part.kind(), part.key()).ifPresent(object -> held.add(KindNames.resource(part.kind()) + "/"
                    + part.key().name() + " " + Objects.requireNonNullElse(object.getMetadata().getFinalizers(),
                            List.of())));
        }
        return String.join(", ", held);
    }
}
