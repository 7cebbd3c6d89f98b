package io.datavolume.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each known provisioner can do. The knowledge is data: the resource {@code storage-profiles.yaml} beside this
 * class.
 */
public final class StorageProfileTable {

    private final Map<String, ProvisionerEntry> entries;
    private final Set<String> unsupported;

    StorageProfileTable(Map<String, ProvisionerEntry> entries, Set<String> unsupported) {
        this.entries = Map.copyOf(entries);
        this.unsupported = Set.copyOf(unsupported);
    }

    /** The table of this release. */
    public static StorageProfileTable bundled() {
        return Bundled.TABLE;
    }

    /** What is known of the storage classes of a provisioner that have these parameters. */
    public Recognition recognize(String provisioner, Map<String, String> parameters) {
        ProvisionerEntry entry = entries.get(provisioner);
        return entry == null ? new Recognition.UnknownProvisioner() : entry.recognize(parameters);
    }

    /** Whether an empty profile is no fault, because the provisioner is known not to make disks. */
    public boolean isUnsupported(String provisioner) {
        return unsupported.contains(provisioner);
    }

    /** Every row, in no particular order. */
    List<StorageCapabilities> rows() {
        List<StorageCapabilities> rows = new ArrayList<>();
        for (ProvisionerEntry entry : entries.values()) {
            entry.base().ifPresent(rows::add);
            entry.variants().forEach(variant -> rows.add(variant.capabilities()));
        }
        return rows;
    }

    private static final class Bundled {
        static final StorageProfileTable TABLE = TableFile.read(StorageProfileTable.class
                .getResourceAsStream("storage-profiles.yaml"));
    }
}
