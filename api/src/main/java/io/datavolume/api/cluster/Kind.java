package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * One kind of object: its names on the wire and its Java type. {@link Kinds} has all that are used.
 *
 * @param group API group, empty for core
 * @param name the kind's name, {@code DataVolume}
 * @param plural its name in paths, {@code datavolumes}
 * @param statusSubresource whether status is written apart from the rest; where it is not, {@link Cluster#patchStatus}
 *        writes through the object itself
 */
public record Kind<T extends HasMetadata>(Class<T> type, String group, String version, String name, String plural,
        boolean namespaced, boolean statusSubresource) {

    /** {@code group/version}, or the version alone for core. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    @Override
    public String toString() {
        return name;
    }
}
