package io.datavolume.api.cluster;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/** Objects as JSON and YAML. Each serialization keeps a mapper for every class that it has met, so there is one. */
public final class Serialization {

    public static final KubernetesSerialization OF_OBJECTS = new KubernetesSerialization();

    private Serialization() {}

    /** An object as the tree of its JSON. */
    public static Map<?, ?> tree(Object object) {
        return OF_OBJECTS.unmarshal(OF_OBJECTS.asJson(object), Map.class);
    }
}
