package io.datavolume.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One provisioner of the table.
 *
 * @param base what holds where no variant fits; empty if a variant must
 * @param variants in the order in which they are tried
 */
record ProvisionerEntry(Optional<StorageCapabilities> base, List<Variant> variants) {

    /** What holds for storage classes whose parameters meet a condition. */
    record Variant(Map<String, ParameterTest> when, StorageCapabilities capabilities) {}

    Recognition recognize(Map<String, String> parameters) {
        for (Variant variant : variants) {
            if (ParameterTest.allHold(variant.when, parameters)) {
                return new Recognition.Recognized(variant.capabilities);
            }
        }
        return base.<Recognition>map(Recognition.Recognized::new).orElseGet(Recognition.UnknownParameters::new);
    }
}
