package io.datavolume.storage;

import io.datavolume.storage.ProvisionerEntry.Variant;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The table as it is written down. What is amiss in it is an error that says where, so that no slip passes. */
record TableFile(@Nullable List<String> unsupported, @Nullable List<TableRow> provisioners) {

    /** @throws IllegalArgumentException if the table is not sound */
    static StorageProfileTable read(InputStream yaml) {
        try {
            return YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build().readValue(yaml, TableFile.class)
                    .table();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The table of storage profiles cannot be read: " + e.getMessage(), e);
        }
    }

    private StorageProfileTable table() {
        Map<String, ProvisionerEntry> entries = new HashMap<>();
        for (TableRow row : TableRow.orEmpty(provisioners)) {
            String provisioner = row.provisioner();
            if (provisioner == null || row.name() != null || row.when() != null) {
                throw TableRow.unsound(provisioner, "an entry has a provisioner, and neither name nor when");
            }
            if (entries.put(provisioner, entry(provisioner, row)) != null) {
                throw TableRow.unsound(provisioner, "it has two entries");
            }
        }
        return new StorageProfileTable(entries, Set.copyOf(TableRow.orEmpty(unsupported)));
    }

    private static ProvisionerEntry entry(String provisioner, TableRow row) {
        Map<String, Variant> variants = new LinkedHashMap<>();
        for (TableRow variant : TableRow.orEmpty(row.variants())) {
            String key = provisioner + "/" + variant.name();
            Map<String, ParameterTest> when = variant.when();
            if (variant.name() == null || variant.provisioner() != null || variant.variants() != null) {
                throw TableRow.unsound(key, "a variant has a name, and neither provisioner nor variants");
            }
            if (when == null || when.isEmpty()) {
                throw TableRow.unsound(key, "a variant has a condition, its when");
            }
            if (variants.put(key, new Variant(when, variant.capabilities(key))) != null) {
                throw TableRow.unsound(key, "two variants have this name");
            }
        }
        Optional<StorageCapabilities> base = row.hasAbilities() || variants.isEmpty()
                ? Optional.of(row.capabilities(provisioner))
                : Optional.empty();
        return new ProvisionerEntry(base, List.copyOf(variants.values()));
    }
}
