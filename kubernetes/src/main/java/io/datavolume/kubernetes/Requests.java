package io.datavolume.kubernetes;

import io.datavolume.api.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Single requests that the client library would only make together with others: its merge patch reads the object first,
 * its delete knows no UID, and its log waits for the pod.
 */
final class Requests {

    /** Longer than an API server takes for a request that it has not given up. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final KubernetesClient client;

    Requests(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Sends one request.
     *
     * @param action what is tried, for messages
     * @param path without a leading slash
     * @param body what Jackson can write
     * @return the server's answer
     */
    String send(String action, String method, String path, String contentType, Object body) {
        String json = client.getKubernetesSerialization().asJson(body);
        return answer(action, request(path).method(method, contentType, json));
    }

    /** Reads what stands at a path, as it is. */
    String get(String action, String path) {
        return answer(action, request(path));
    }

    /** The same in the form that is asked for, and no other. */
    String get(String action, String path, String accept) {
        return answer(action, request(path).setHeader("Accept", accept));
    }

    private HttpRequest.Builder request(String path) {
        String base = client.getMasterUrl().toString();
        return client.getHttpClient().newHttpRequestBuilder().uri(base + (base.endsWith("/") ? "" : "/") + path)
                .header("Accept", "application/json, */*");
    }

    private String answer(String action, HttpRequest.Builder request) {
        HttpResponse<String> response = await(action,
                client.getHttpClient().sendAsync(request.build(), String.class), LONGEST);
        String answer = response.body() == null ? "" : response.body();
        if (!response.isSuccessful()) {
            throw Refusal.of(action, response.code(), status(answer));
        }
        return answer;
    }

    /** Waits, and says in the port's terms what went wrong. */
    static <R> R await(String action, CompletionStage<R> stage, Duration atMost) {
        CompletableFuture<R> future = stage.toCompletableFuture();
        try {
            return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Refusal.of(action, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new ClusterException.Unavailable(action + " failed: no answer within " + atMost.toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new ClusterException.Unavailable(action + " was given up: this program stops", e);
        }
    }

    /** A status object, unless something between here and the server answered in its own words. */
    private @Nullable Status status(String answer) {
        try {
            return client.getKubernetesSerialization().unmarshal(answer, Status.class);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
