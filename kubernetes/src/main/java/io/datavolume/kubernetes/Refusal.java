package io.datavolume.kubernetes;

import io.datavolume.api.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an API server's refusal means to who asked.
 *
 * @see <a href="https://github.com/kubernetes/apimachinery/blob/v0.35.4/pkg/apis/meta/v1/types.go">StatusReason</a>
 */
final class Refusal {

    private Refusal() {}

    /**
     * Says in the port's terms why something failed.
     *
     * @param action what was tried: "Patching Pod ns/name"
     * @param failure a client's; one without an answer in it means that none came
     */
    static ClusterException of(String action, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof KubernetesClientException answered && answered.getCode() > 0) {
                return of(action, answered.getCode(), answered.getStatus());
            }
        }
        return unreachable(action, failure);
    }

    /** No answer came. */
    private static ClusterException unreachable(String action, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new ClusterException.Unavailable(action + " failed: the API server does not answer: " + why, cause);
    }

    /** @param status the server's own words, where it is one that speaks them */
    static ClusterException of(String action, int code, @Nullable Status status) {
        String reason = status == null || status.getReason() == null ? "" : status.getReason();
        String words = status == null || status.getMessage() == null ? "" : status.getMessage();
        String message = action + " was refused: " + (words.isEmpty() ? "HTTP " + code : words);
        return switch (code) {
            case 401 -> new ClusterException.Forbidden(
                    message + " (401: the credentials are missing, expired or not known to this cluster)");
            case 403 -> new ClusterException.Forbidden(message);
            case 404 -> new ClusterException.NotFound(message);
            case 409 -> reason.equals("AlreadyExists")
                    ? new ClusterException.AlreadyExists(message)
                    : new ClusterException.Conflict(message);
            // Patches name the UID that they are meant for, which counts as a change of it.
            case 422 -> isOtherUid(status)
                    ? new ClusterException.Conflict(message)
                    : new ClusterException.Invalid(message);
            case 408, 410, 429 -> new ClusterException.Unavailable(message, null);
            default -> code >= 500
                    ? new ClusterException.Unavailable(message, null)
                    : new ClusterException.Invalid(message);
        };
    }

    private static boolean isOtherUid(@Nullable Status status) {
        if (status == null || status.getDetails() == null) {
            return false;
        }
        List<StatusCause> causes = status.getDetails().getCauses();
        return causes != null && causes.stream().anyMatch(cause -> "metadata.uid".equals(cause.getField()));
    }
}
