package io.datavolume.api.validation;

import io.datavolume.api.v1beta1.DataVolumeSource;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.StorageSpec;
import io.datavolume.api.wire.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold of the claim that a DataVolume asks for. */
final class ClaimRules {

    private static final List<String> ACCESS_MODES = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce",
            "ReadWriteOncePod");
    private static final String CLAIM = "PersistentVolumeClaim";
    private static final BigDecimal MINIMUM = BigDecimal.valueOf(1 << 20);

    private ClaimRules() {}

    static Optional<Violation> check(DataVolumeSpec spec, String path) {
        PersistentVolumeClaimSpec pvc = spec.pvc();
        StorageSpec storage = spec.storage();
        if (pvc != null && storage != null) {
            return violation(path + ".PVC.Storage",
                    "Duplicate storage definition, both target storage and target pvc defined");
        }
        if (pvc != null) {
            return check(spec, Part.of(pvc, path));
        }
        return storage == null
                ? violation(path + ".PVC", "Missing Data volume PVC")
                : check(spec, Part.of(storage, path));
    }

    private static Optional<Violation> check(DataVolumeSpec spec, Part part) {
        return size(spec, part).or(() -> storageClass(part)).or(() -> accessModes(part))
                .or(() -> dataSource(spec, part));
    }

    private static Optional<Violation> size(DataVolumeSpec spec, Part part) {
        String where = part.path() + ".resources.requests.size";
        Optional<Quantity> size = spec.size();
        if (size.isEmpty()) {
            return part.isStorage() && sizeIsFound(spec)
                    ? Optional.empty()
                    : violation(where, part.word() + " size is missing");
        }
        BigDecimal bytes;
        try {
            bytes = Quantity.getAmountInBytes(size.get());
        } catch (ArithmeticException | IllegalArgumentException e) {
            return violation(where, Text.shown(size.get()) + " is not a quantity, such as 10Gi");
        }
        if (bytes.signum() <= 0) {
            return violation(where, part.word() + " size can't be equal or less than zero");
        }
        return bytes.compareTo(MINIMUM) < 0
                ? violation(where, part.word() + " size should be at least 1MiB")
                : Optional.empty();
    }

    /** Whether the size can be left out: it is that of the clone's source, or is read from the image. */
    private static boolean sizeIsFound(DataVolumeSpec spec) {
        DataVolumeSource source = spec.source();
        return spec.sourceRef() != null || (source != null && (source.pvc() != null || source.snapshot() != null
                || source.http() != null || source.registry() != null));
    }

    private static Optional<Violation> storageClass(Part part) {
        String name = part.storageClass();
        return name != null && name.length() > Names.MAX_NAME
                ? violation(part.path() + ".storageClassName", DataVolumeRules.tooLong(Names.MAX_NAME))
                : Optional.empty();
    }

    private static Optional<Violation> accessModes(Part part) {
        String where = part.path() + ".accessModes";
        List<String> modes = part.accessModes();
        if (!part.isStorage() && modes.isEmpty()) {
            return violation(where, "Required value: at least 1 access mode is required");
        }
        if (!part.isStorage() && modes.size() > 1) {
            return violation(where, "PVC multiple accessModes");
        }
        return modes.stream().filter(mode -> !ACCESS_MODES.contains(mode)).findFirst()
                .map(mode -> new Violation(where, "Unsupported value: " + Text.shown(mode)
                        + ": supported values: \"" + String.join("\", \"", ACCESS_MODES) + '"'));
    }

    private static Optional<Violation> dataSource(DataVolumeSpec spec, Part part) {
        TypedLocalObjectReference local = part.dataSource();
        TypedObjectReference any = part.dataSourceRef();
        if (local == null && any == null) {
            return Optional.empty();
        }
        if (spec.source() != null || spec.sourceRef() != null) {
            return violation(part.path() + ".dataSource",
                    "External population is incompatible with Source and SourceRef");
        }
        if (local != null && any != null) {
            return violation(part.path() + ".dataSourceRef", "DataSourceRef and DataSource must match");
        }
        return local != null
                ? reference("DataSource", part.path() + ".dataSource", local.getName(), local.getKind(),
                        local.getApiGroup())
                : anyReference(Objects.requireNonNull(any), part.path() + ".dataSourceRef");
    }

    private static Optional<Violation> anyReference(TypedObjectReference reference, String path) {
        return reference("DataSourceRef", path, reference.getName(), reference.getKind(), reference.getApiGroup())
                .or(() -> isEmpty(reference.getNamespace())
                        ? Optional.empty()
                        : violation(path + ".namespace",
                                "Invalid value: DataSourceRef namespace not supported"));
    }

    private static Optional<Violation> reference(String word, String path, @Nullable String name,
            @Nullable String kind, @Nullable String group) {
        if (isEmpty(name)) {
            return violation(path + ".name", "Required value: " + word + " name");
        }
        if (isEmpty(kind)) {
            return violation(path + ".kind", "Required value: " + word + " kind");
        }
        return isEmpty(group) && !CLAIM.equals(kind)
                ? violation(path + ".apiGroup",
                        "Required value: " + word + " apiGroup when kind is not 'PersistentVolumeClaim'")
                : Optional.empty();
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static Optional<Violation> violation(String field, String message) {
        return Optional.of(new Violation(field, message));
    }

    /** What {@code pvc} and {@code storage} have in common. */
    private record Part(String path, boolean isStorage, List<String> accessModes, @Nullable String storageClass,
            @Nullable TypedLocalObjectReference dataSource, @Nullable TypedObjectReference dataSourceRef) {

        static Part of(PersistentVolumeClaimSpec pvc, String path) {
            return new Part(path + ".PVC", false, pvc.getAccessModes(), pvc.getStorageClassName(),
                    pvc.getDataSource(), pvc.getDataSourceRef());
        }

        static Part of(StorageSpec storage, String path) {
            return new Part(path + ".Storage", true, storage.accessModes(), storage.storageClassName(),
                    storage.dataSource(), storage.dataSourceRef());
        }

        String word() {
            return isStorage ? "Storage" : "PVC";
        }
    }
}
