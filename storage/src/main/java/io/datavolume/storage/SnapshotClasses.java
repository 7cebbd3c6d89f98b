package io.datavolume.storage;

import io.datavolume.api.snapshot.VolumeSnapshotClass;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ProfileAnnotations;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The snapshot classes of a cluster; none where it takes no snapshots. */
public record SnapshotClasses(List<VolumeSnapshotClass> all) {

    public static final SnapshotClasses NONE = new SnapshotClasses(List.of());

    // The driver's default comes first, then the first by name.
    private static final Comparator<VolumeSnapshotClass> PREFERENCE = Comparator
            .comparing(
                    (VolumeSnapshotClass found) -> !Annotations.isTrue(found,
                            ProfileAnnotations.DEFAULT_SNAPSHOT_CLASS))
            .thenComparing(found -> found.getMetadata().getName());

    public SnapshotClasses {
        all = List.copyOf(all);
    }

    public static SnapshotClasses of(Collection<VolumeSnapshotClass> all) {
        return new SnapshotClasses(List.copyOf(all));
    }

    /**
     * Name of the class for snapshots of a driver's volumes.
     *
     * @param wished name that an administrator gave; counts if it is a class of the driver
     */
    public Optional<String> ofDriver(String driver, Optional<String> wished) {
        return wished.flatMap(name -> preferred(driver, found -> found.getMetadata().getName().equals(name)))
                .or(() -> preferred(driver, found -> true));
    }

    /** Name of the driver's class that has all these parameters. */
    public Optional<String> withParameters(String driver, Map<String, String> parameters) {
        return preferred(driver, found -> found.getParameters().entrySet().containsAll(parameters.entrySet()));
    }

    private Optional<String> preferred(String driver, Predicate<VolumeSnapshotClass> condition) {
        return all.stream().filter(found -> found.getDriver().equals(driver)).filter(condition).min(PREFERENCE)
                .map(found -> found.getMetadata().getName());
    }
}
