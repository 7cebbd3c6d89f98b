package io.datavolume.storage;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ProfileAnnotations;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The storage classes of a cluster, and which of them is meant where none is named. */
public record StorageClasses(List<StorageClass> all) {

    // Of several defaults the newest counts; of those made in the same second the first by name.
    private static final Comparator<StorageClass> PREFERENCE = Comparator.comparing(StorageClasses::created).reversed()
            .thenComparing(storageClass -> storageClass.getMetadata().getName());

    public StorageClasses {
        all = List.copyOf(all);
    }

    public static StorageClasses of(Collection<StorageClass> all) {
        return new StorageClasses(List.copyOf(all));
    }

    public Optional<StorageClass> named(String name) {
        return all.stream().filter(storageClass -> storageClass.getMetadata().getName().equals(name)).findFirst();
    }

    /** The cluster's default class. */
    public Optional<StorageClass> kubernetesDefault() {
        return marked(ProfileAnnotations.DEFAULT_CLASS);
    }

    /** The default class for disks of virtual machines, the cluster's where there is none. */
    public Optional<StorageClass> virtualMachineDefault() {
        return marked(ProfileAnnotations.DEFAULT_VIRT_CLASS).or(this::kubernetesDefault);
    }

    /** The class of a claim: the named one, if it exists; the cluster's default where none is named. */
    public Optional<StorageClass> ofClaim(Optional<String> name) {
        return name.isPresent() ? named(name.get()) : kubernetesDefault();
    }

    private Optional<StorageClass> marked(String annotation) {
        return all.stream().filter(storageClass -> Annotations.isTrue(storageClass, annotation)).min(PREFERENCE);
    }

    private static Instant created(StorageClass storageClass) {
        String created = storageClass.getMetadata().getCreationTimestamp();
        try {
            return created == null ? Instant.MIN : OffsetDateTime.parse(created).toInstant();
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }
}
