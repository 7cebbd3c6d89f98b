package io.datavolume.operator;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.OperatorNames;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects of an installation in a cluster: made, put right, looked at. */
final class Installation {

    private final Cluster cluster;
    private final OperatorSettings settings;
    private final EventRecorder events;
    private final StoredVersions versions;

    Installation(Cluster cluster, OperatorSettings settings, EventRecorder events) {
        this.cluster = cluster;
        this.settings = settings;
        this.events = events;
        this.versions = new StoredVersions(cluster);
    }

    Facts facts() {
        Set<String> priorities = cluster.list(InstalledKinds.PRIORITY_CLASS, Selection.ALL).stream()
                .map(found -> found.getMetadata().getName()).collect(Collectors.toSet());
        String populators = InstalledKinds.VOLUME_POPULATOR.plural() + "." + InstalledKinds.VOLUME_POPULATOR.group();
        return new Facts(priorities, cluster.get(InstalledKinds.DEFINITION, Key.cluster(populators)).isPresent());
    }

    /**
     * Makes all objects, or puts them right.
     *
     * @return what could not be written, as the API server words it
     */
    List<String> apply(Cdi cdi, List<HasMetadata> wanted) {
        List<String> problems = new ArrayList<>();
        for (HasMetadata object : wanted) {
            try {
                apply(cdi, InstalledKinds.of(object), object);
            } catch (ClusterException.Conflict e) {
                throw e;
            } catch (ClusterException e) {
                problems.add(String.valueOf(e.getMessage()));
                events.warning(cdi, OperatorNames.NOT_CREATED, "Failed to create resource "
                        + object.getMetadata().getName() + ", " + e.getMessage());
            }
        }
        return problems;
    }

    private <T extends HasMetadata> void apply(Cdi cdi, Kind<T> kind, T planned) {
        Key key = Key.of(planned);
        Optional<T> found = cluster.get(kind, key);
        if (found.isEmpty()) {
            T object = Serialization.OF_OBJECTS.clone(planned);
            object.getMetadata().setAnnotations(with(object.getMetadata().getAnnotations(),
                    Drift.remembered(planned)));
            cluster.create(kind, object);
            events.normal(cdi, OperatorNames.CREATED, "Successfully created resource " + described(object));
            return;
        }
        T there = found.get();
        if (there.getMetadata().getDeletionTimestamp() != null) {
            throw new ClusterException.Conflict(key + " is being deleted");
        }
        T object = grown(planned, there);
        Map<String, ?> drift = Drift.between(
                Annotations.of(there, OperatorNames.LAST_APPLIED).orElse(null), object, there);
        if (drift.isEmpty()) {
            if (planned instanceof CustomResourceDefinition definition) {
                // Some time after the definition was written, so that the API server goes by it.
                versions.migrate(definition);
            }
            return;
        }
        Patch.Builder patch = Patch.unchanged(there).annotation(OperatorNames.LAST_APPLIED, Drift.remembered(object))
                .label(OperatorNames.UPDATE_VERSION, settings.version());
        merge(patch, drift);
        cluster.patch(kind, key, patch.build());
        events.normal(cdi, OperatorNames.UPDATED, "Successfully updated resource " + described(object));
    }

    /** What is planned, with what an object keeps of its earlier days. */
    private static <T extends HasMetadata> T grown(T planned, T there) {
        String made = Labels.of(there, OperatorNames.CREATE_VERSION).orElse("");
        boolean older = planned instanceof CustomResourceDefinition wanted
                && there instanceof CustomResourceDefinition found && StoredVersions.areOld(wanted, found);
        if (!older && (made.isEmpty() || Labels.of(planned, OperatorNames.CREATE_VERSION).filter(made::equals)
                .isPresent())) {
            return planned;
        }
        T object = Serialization.OF_OBJECTS.clone(planned);
        if (!made.isEmpty()) {
            object.getMetadata().getLabels().put(OperatorNames.CREATE_VERSION, made);
        }
        if (older) {
            StoredVersions.keep((CustomResourceDefinition) object, (CustomResourceDefinition) there);
        }
        return object;
    }

    /** Adds the fields of a merge patch, metadata field by field. */
    private static void merge(Patch.Builder patch, Map<String, ?> drift) {
        drift.forEach((name, value) -> {
            if (name.equals("metadata") && value instanceof Map<?, ?> metadata) {
                metadata.forEach((part, fields) -> {
                    if (fields instanceof Map<?, ?> map) {
                        map.forEach((key, text) -> patch.field(text, "metadata", String.valueOf(part),
                                String.valueOf(key)));
                    } else {
                        patch.field(fields, "metadata", String.valueOf(part));
                    }
                });
            } else {
                patch.field(value, name);
            }
        });
    }

    private static Map<String, String> with(Map<String, String> annotations, String remembered) {
        Map<String, String> all = new LinkedHashMap<>(annotations == null ? Map.of() : annotations);
        all.put(OperatorNames.LAST_APPLIED, remembered);
        return all;
    }

    /** As the peer names it: {@code *v1.Deployment cdi-deployment}. */
    static String described(HasMetadata object) {
        String version = object.getApiVersion();
        return "*" + version.substring(version.indexOf('/') + 1) + "." + object.getKind() + " "
                + object.getMetadata().getName();
    }

    /** Deployments of the installation that are not ready, each with what is known of the reason. */
    Map<String, String> unready(List<HasMetadata> wanted) {
        Map<String, String> unready = new LinkedHashMap<>();
        for (HasMetadata object : wanted) {
            if (object instanceof Deployment deployment) {
                Optional<Deployment> found = cluster.get(InstalledKinds.DEPLOYMENT, Key.of(deployment));
                if (found.isEmpty() || !ControllerDeployment.isReady(found.get())) {
                    unready.put(deployment.getMetadata().getName(), reason(deployment));
                }
            }
        }
        return unready;
    }

    private String reason(Deployment deployment) {
        Map<String, String> labels = deployment.getSpec().getSelector().getMatchLabels();
        return cluster.list(Kinds.POD, new Selection(Optional.of(settings.namespace()), labels)).stream()
                .map(Pod::getStatus).filter(Objects::nonNull)
                .flatMap(status -> status.getContainerStatuses().stream()).map(ContainerStatus::getState)
                .filter(Objects::nonNull).map(state -> state.getWaiting()).filter(Objects::nonNull)
                .filter(waiting -> !"ContainerCreating".equals(waiting.getReason()))
                .map(waiting -> waiting.getReason()
                        + (waiting.getMessage() == null ? "" : ": " + waiting.getMessage()))
                .findFirst().orElse("");
    }

    /** Deletes what an earlier version made for this resource and this one does not want. */
    void prune(Cdi cdi, List<HasMetadata> wanted) {
        Set<String> names = new HashSet<>();
        wanted.forEach(object -> names.add(described(object)));
        for (Kind<?> kind : List.of(InstalledKinds.DEPLOYMENT, InstalledKinds.SERVICE, InstalledKinds.SERVICE_ACCOUNT,
                InstalledKinds.ROLE, InstalledKinds.ROLE_BINDING)) {
            prune(cdi, kind, new Selection(Optional.of(settings.namespace()), Map.of()), names);
        }
        if (settings.clusterResources()) {
            for (Kind<?> kind : List.of(InstalledKinds.CLUSTER_ROLE, InstalledKinds.CLUSTER_ROLE_BINDING)) {
                prune(cdi, kind, Selection.ALL, names);
            }
        }
    }

    private <T extends HasMetadata> void prune(Cdi cdi, Kind<T> kind, Selection selection, Set<String> wanted) {
        cluster.list(kind, selection).stream()
                .filter(found -> Labels.of(found, OperatorNames.CREATE_VERSION).isPresent()
                        && Owners.isControlledBy(found, cdi)
                        && !wanted.contains(described(found)))
                .forEach(found -> {
                    cluster.delete(kind, Key.of(found), found.getMetadata().getUid());
                    events.normal(cdi, OperatorNames.DELETED,
                            "Successfully deleted resource " + described(found));
                });
    }
}
