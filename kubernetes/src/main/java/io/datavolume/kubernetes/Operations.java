package io.datavolume.kubernetes;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The client library's operations on a kind, and whether the cluster has that kind at all. */
final class Operations {

    /** Objects in one answer to a list: what is read at once is in memory as text and as objects. */
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final Set<Kind<?>> served = ConcurrentHashMap.newKeySet();

    Operations(KubernetesClient client) {
        this.client = client;
    }

    <T extends HasMetadata> Resource<T> one(Kind<T> kind, Key key) {
        return all(kind, key.namespace()).withName(key.name());
    }

    <T extends HasMetadata> NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, Resource<T>> all(Kind<T> kind,
            String namespace) {
        return kind.namespaced() ? operation(kind).inNamespace(namespace) : operation(kind);
    }

    <T extends HasMetadata> FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, Resource<T>> some(
            Kind<T> kind, Selection selection) {
        if (kind.namespaced() && selection.namespace().isPresent()) {
            return operation(kind).inNamespace(selection.namespace().get()).withLabels(selection.labels());
        }
        return kind.namespaced()
                ? operation(kind).inAnyNamespace().withLabels(selection.labels())
                : operation(kind).withLabels(selection.labels());
    }

    <T extends HasMetadata> Informable<T> everywhere(Kind<T> kind) {
        if (kind.equals(Kinds.EVENT)) {
            return operation(kind).inAnyNamespace().withField("involvedObject.kind", Kinds.CLAIM.name())
                    .withLimit(PAGE);
        }
        return (kind.namespaced() ? operation(kind).inAnyNamespace() : operation(kind)).withLimit(PAGE);
    }

    /** Whether {@link #everywhere} has such an object: of events, only those about claims. */
    static boolean isWatched(HasMetadata object) {
        return !(object instanceof Event event) || Kinds.CLAIM.name().equals(event.getInvolvedObject().getKind());
    }

    /**
     * Tells a kind that the cluster lacks from an object that it lacks.
     *
     * @throws ClusterException.NotFound naming what is to be installed
     */
    void requireServed(Kind<?> kind) {
        if (!isServed(kind)) {
            throw new ClusterException.NotFound("The cluster has no kind " + kind + " (" + kind.apiVersion()
                    + "): install the CustomResourceDefinition " + kind.plural() + "." + kind.group());
        }
    }

    /** Whether the cluster has the kind; one that it had once is not asked for again. */
    boolean isServed(Kind<?> kind) {
        if (kind.group().isEmpty() || served.contains(kind)) {
            return true;
        }
        try {
            APIResourceList resources = client.getApiResources(kind.apiVersion());
            if (resources == null
                    || resources.getResources().stream().noneMatch(r -> kind.plural().equals(r.getName()))) {
                return false;
            }
        } catch (KubernetesClientException e) {
            throw Refusal.of("Asking which kinds " + kind.apiVersion() + " has", e);
        }
        served.add(kind);
        return true;
    }

    @SuppressWarnings("unchecked") // a generic kind's type is the generic resource
    private <T extends HasMetadata> MixedOperation<T, ? extends KubernetesResourceList<T>, Resource<T>> operation(
            Kind<T> kind) {
        if (kind.type() == GenericKubernetesResource.class) {
            return (MixedOperation<T, ? extends KubernetesResourceList<T>, Resource<T>>) (MixedOperation<?, ?, ?>) client
                    .genericKubernetesResources(new ResourceDefinitionContext.Builder().withGroup(kind.group())
                            .withVersion(kind.version()).withKind(kind.name()).withPlural(kind.plural())
                            .withNamespaced(kind.namespaced()).build());
        }
        return client.resources(kind.type());
    }
}
