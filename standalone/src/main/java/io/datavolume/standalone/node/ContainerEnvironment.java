package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The environment of a container: its own variables, and of this process's only what any program needs. */
final class ContainerEnvironment {

    /** Proxies too: on a laptop they are the user's, and the container's own ones win. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ",
            "http_proxy",
            "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY");

    private final Cluster cluster;
    private final Map<String, String> here;

    /** @param here the environment of this process */
    ContainerEnvironment(Cluster cluster, Map<String, String> here) {
        this.cluster = cluster;
        this.here = Map.copyOf(here);
    }

    /** @throws NotReadyException when a variable comes from what is not there */
    Map<String, String> of(Pod pod, Container container) throws NotReadyException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : INHERITED) {
            String value = here.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        for (EnvVar variable : container.getEnv()) {
            value(pod, variable).ifPresent(value -> environment.put(variable.getName(), value));
        }
        return environment;
    }

    private Optional<String> value(Pod pod, EnvVar variable) throws NotReadyException {
        EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            return Optional.of(Objects.requireNonNullElse(variable.getValue(), ""));
        }
        String namespace = pod.getMetadata().getNamespace();
        if (source.getSecretKeyRef() != null) {
            return secret(namespace, source.getSecretKeyRef());
        }
        if (source.getConfigMapKeyRef() != null) {
            return configMap(namespace, source.getConfigMapKeyRef());
        }
        if (source.getFieldRef() != null) {
            return Optional.of(switch (source.getFieldRef().getFieldPath()) {
                case "metadata.name" -> pod.getMetadata().getName();
                case "metadata.namespace" -> namespace;
                case "metadata.uid" -> pod.getMetadata().getUid();
                case "spec.nodeName" -> LocalNode.NAME;
                default -> throw NotReadyException
                        .config("field " + source.getFieldRef().getFieldPath() + " is not known on the local node");
            });
        }
        throw NotReadyException.config("variable " + variable.getName() + " has a source that the local node lacks");
    }

    private Optional<String> secret(String namespace, SecretKeySelector key) throws NotReadyException {
        boolean optional = Boolean.TRUE.equals(key.getOptional());
        Optional<Map<String, byte[]>> content = cluster.get(Kinds.SECRET, new Key(namespace, key.getName()))
                .map(PodVolumes::content);
        if (content.isEmpty() && !optional) {
            throw NotReadyException.config("secret \"" + key.getName() + "\" not found");
        }
        Optional<String> value = content.flatMap(all -> Optional.ofNullable(all.get(key.getKey())))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (value.isEmpty() && !optional) {
            throw NotReadyException
                    .config("couldn't find key " + key.getKey() + " in Secret " + namespace + "/" + key.getName());
        }
        return value;
    }

    private Optional<String> configMap(String namespace, ConfigMapKeySelector key) throws NotReadyException {
        boolean optional = Boolean.TRUE.equals(key.getOptional());
        Optional<Map<String, String>> content = cluster.get(Kinds.CONFIG_MAP, new Key(namespace, key.getName()))
                .map(map -> Objects.requireNonNullElse(map.getData(), Map.of()));
        if (content.isEmpty() && !optional) {
            throw NotReadyException.config("configmap \"" + key.getName() + "\" not found");
        }
        Optional<String> value = content.flatMap(all -> Optional.ofNullable(all.get(key.getKey())));
        if (value.isEmpty() && !optional) {
            throw NotReadyException
                    .config("couldn't find key " + key.getKey() + " in ConfigMap " + namespace + "/" + key.getName());
        }
        return value;
    }
}
