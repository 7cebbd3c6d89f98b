package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Key;

/**
 * Names one object among all kinds.
 *
 * @param resource the kind, {@code datavolumes.cdi.kubevirt.io}
 */
record Ref(String resource, Key key) {

    @Override
    public String toString() {
        return resource + " " + key;
    }
}
