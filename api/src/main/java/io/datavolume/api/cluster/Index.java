package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.function.Function;

/**
 * A way to find objects of a kind by something else than their name.
 *
 * @param name unique within the kind
 * @param values what an object is found by; empty for an object that is not found by this index
 */
public record Index<T extends HasMetadata>(String name, Function<T, Collection<String>> values) {}
