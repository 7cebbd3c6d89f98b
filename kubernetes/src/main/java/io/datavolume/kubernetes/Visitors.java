package io.datavolume.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Asks the API server who somebody is and what he may do: those who read this process' metrics show a token of the
 * cluster.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">Token
 *      reviews</a>
 */
public final class Visitors {

    /** What a token is good for. */
    public enum Answer {
        /** The cluster does not know the token. */
        UNKNOWN,
        /** It knows the token, whose owner may not. */
        FORBIDDEN,
        ALLOWED
    }

    private final KubernetesClient client;

    public Visitors(KubernetesCluster cluster) {
        client = cluster.client();
    }

    /**
     * Whether the owner of a token may read a path that is no resource, such as {@code /metrics}.
     *
     * @throws io.datavolume.api.cluster.ClusterException when the API server cannot be asked
     */
    public Answer mayGet(String token, String path) {
        String action = "Asking who reads " + path;
        try {
            TokenReview review = client.tokenReviews().create(
                    new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build());
            if (!Boolean.TRUE.equals(review.getStatus().getAuthenticated())) {
                return Answer.UNKNOWN;
            }
            UserInfo user = review.getStatus().getUser();
            SubjectAccessReview access = client.authorization().v1().subjectAccessReview()
                    .create(new SubjectAccessReviewBuilder().withNewSpec().withUser(user.getUsername())
                            .withUid(user.getUid()).withGroups(user.getGroups())
                            .withNewNonResourceAttributes().withPath(path).withVerb("get").endNonResourceAttributes()
                            .endSpec().build());
            return Boolean.TRUE.equals(access.getStatus().getAllowed()) ? Answer.ALLOWED : Answer.FORBIDDEN;
        } catch (KubernetesClientException e) {
            throw Refusal.of(action, e);
        }
    }
}
