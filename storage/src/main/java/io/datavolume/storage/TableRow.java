package io.datavolume.storage;

import io.datavolume.api.wire.CloneStrategies;
import io.datavolume.api.wire.SourceFormats;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An entry of the table's file, or one of its variants; which of the two decides what must be there. */
record TableRow(@Nullable String provisioner, @Nullable String name, @Nullable Map<String, ParameterTest> when,
        @Nullable List<ClaimModes> claims, @Nullable String cloneStrategy, @Nullable String dataImportCronSource,
        @Nullable String minimumSize, @Nullable Boolean readWriteOnceForDataImportCron,
        @Nullable Map<String, String> dataImportCronSnapshotClass, @Nullable List<TableRow> variants) {

    private static final Set<String> STRATEGIES = Set.of(CloneStrategies.COPY, CloneStrategies.SNAPSHOT,
            CloneStrategies.CSI_CLONE);
    private static final Set<String> FORMATS = Set.of(SourceFormats.PVC, SourceFormats.SNAPSHOT);

    /** Whether anything is said but under which condition. */
    boolean hasAbilities() {
        return Stream.of(claims, cloneStrategy, dataImportCronSource, minimumSize, readWriteOnceForDataImportCron,
                dataImportCronSnapshotClass).anyMatch(Objects::nonNull);
    }

    StorageCapabilities capabilities(String key) {
        if (claims == null) {
            throw unsound(key, "claims are missing; write [] if nobody knows how volumes can be claimed");
        }
        if (new HashSet<>(claims).size() < claims.size()) {
            throw unsound(key, "a way to claim stands twice");
        }
        if (cloneStrategy != null && !STRATEGIES.contains(cloneStrategy)) {
            throw unsound(key, "cloneStrategy is not copy, snapshot or csi-clone but " + cloneStrategy);
        }
        if (dataImportCronSource != null && !FORMATS.contains(dataImportCronSource)) {
            throw unsound(key, "dataImportCronSource is not pvc or snapshot but " + dataImportCronSource);
        }
        if (minimumSize != null) {
            Bytes.parse(key + ": minimumSize", minimumSize);
        }
        return new StorageCapabilities(key, claims, Optional.ofNullable(cloneStrategy),
                dataImportCronSource == null ? SourceFormats.PVC : dataImportCronSource,
                Optional.ofNullable(minimumSize), Boolean.TRUE.equals(readWriteOnceForDataImportCron),
                dataImportCronSnapshotClass == null ? Map.of() : dataImportCronSnapshotClass);
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static IllegalArgumentException unsound(@Nullable String key, String wrong) {
        return new IllegalArgumentException("The table of storage profiles is not sound: " + key + ": " + wrong);
    }
}
