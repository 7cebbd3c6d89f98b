package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's objects as reconcilers need them: a real one, or the local one that keeps them as files. Rules are those
 * of the Kubernetes API: a change of an object changes its resourceVersion, an object with finalizers lives on with a
 * deletionTimestamp, what is owned goes after its owner. What these methods return belongs to the caller.
 *
 * <p>Every method may throw a {@link ClusterException}, whose type says what to do about it.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">Kubernetes API concepts</a>
 */
public interface Cluster extends AutoCloseable {

    /** The object as it is now. */
    <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key);

    /**
     * The resourceVersion of an object as it is now, without what is in it: enough to know whether it has changed, for
     * objects whose contents are nobody's business.
     */
    default Optional<String> version(Kind<?> kind, Key key) {
        return get(kind, key).map(object -> object.getMetadata().getResourceVersion());
    }

    /** The objects as they are now. */
    <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection);

    /** Creates an object; with {@code generateName} and no name it gets one. Its status is dropped where status is a subresource. */
    <T extends HasMetadata> T create(Kind<T> kind, T object);

    /** Changes what the patch names, and nothing else. */
    <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch);

    /** The same for status; of the patch only {@code status} and the preconditions count. */
    <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch);

    /**
     * Deletes exactly the object with this UID; what it owns is deleted after it.
     *
     * @return false if it was gone already, or another object has its name
     */
    <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String uid);

    /**
     * The informer of a kind; the first call fills it. Of a kind that the cluster does not have it is empty, and fills by
     * itself should the kind be added. It knows at once what is created or patched through this object. Of events it need
     * know only those about claims: a cluster has too many others.
     */
    <T extends HasMetadata> Informer<T> informer(Kind<T> kind);

    /**
     * The end of a container's output.
     *
     * @param tailLines lines at most
     * @param limitBytes bytes at most
     * @return empty while there is none: the pod is gone or has not started
     */
    Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes);

    @Override
    void close();
}
