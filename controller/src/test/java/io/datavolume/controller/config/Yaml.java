package io.datavolume.controller.config;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Objects and parts of them from YAML. */
final class Yaml {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Yaml() {}

    static <T> T read(String yaml, Class<T> type) {
        // What begins with a brace would be taken for JSON.
        return SERIALIZATION.unmarshal("---\n" + yaml, type);
    }
}
