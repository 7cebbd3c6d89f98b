package io.datavolume.api.cluster;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Objects as JSON and YAML. Each serialization keeps a mapper for every class that it has met, so there is one. */
public final class Serialization {

    public static final KubernetesSerialization OF_OBJECTS = new KubernetesSerialization();

    private Serialization() {}
}
