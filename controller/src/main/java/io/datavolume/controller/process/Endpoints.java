package io.datavolume.controller.process;

import io.datavolume.importer.worker.SelfSigned;
import io.datavolume.kubernetes.Visitors;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others may ask the process: its metrics, with a token of the cluster, and how it is. */
final class Endpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final String BEARER = "Bearer ";
    private static final long START_SECONDS = 20;

    private final Vertx vertx;
    private final int metricsPort;
    private final int healthPort;

    /**
     * Serves from now on.
     *
     * @param name in the certificate
     * @param settings ports; 0 for any free one
     * @param access what a token is good for
     * @throws IllegalStateException when a port cannot be had
     */
    Endpoints(String name, ProcessSettings settings, Supplier<String> metrics, Function<String, Visitors.Answer> access,
            BooleanSupplier ready) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        try {
            metricsPort = serve("METRICS_PORT", settings.metricsPort(), new HttpServerOptions().setSsl(true)
                    .setKeyCertOptions(SelfSigned.certificate(name)),
                    request -> metrics(request, metrics, access));
            healthPort = serve("HEALTH_PORT", settings.healthPort(), new HttpServerOptions(),
                    request -> health(request, ready));
        } catch (IllegalStateException e) {
            vertx.close();
            throw e;
        }
    }

    int metricsPort() {
        return metricsPort;
    }

    int healthPort() {
        return healthPort;
    }

    private int serve(String variable, int port, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        try {
            return await(vertx.createHttpServer(options).requestHandler(handler).listen(port)).actualPort();
        } catch (IllegalStateException e) {
            throw new IllegalStateException("Tried to listen on port " + port + " but failed: " + e.getMessage()
                    + "; set " + variable + " to a free one", e);
        }
    }

    private void metrics(HttpServerRequest request, Supplier<String> metrics,
            Function<String, Visitors.Answer> access) {
        if (!"/metrics".equals(request.path())) {
            answer(request, 404, "there is /metrics\n");
            return;
        }
        String header = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        if (!header.startsWith(BEARER)) {
            answer(request, 401, "a token of the cluster is asked for: Authorization: Bearer …\n");
            return;
        }
        vertx.executeBlocking(() -> access.apply(header.substring(BEARER.length()).strip()), false).onSuccess(
                allowed -> {
                    switch (allowed) {
                        case UNKNOWN -> answer(request, 401, "the cluster does not know this token\n");
                        case FORBIDDEN -> answer(request, 403, "the owner of this token may not get /metrics\n");
                        case ALLOWED -> {
                            request.response().putHeader("Content-Type",
                                    "text/plain; version=0.0.4; charset=utf-8");
                            answer(request, 200, metrics.get());
                        }
                    }
                }).onFailure(e -> {
                    LOG.warn("nobody can say whether these metrics may be read: {}", e.getMessage());
                    answer(request, 503, "the API server cannot say what this token is good for\n");
                });
    }

    private static void health(HttpServerRequest request, BooleanSupplier ready) {
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/healthz" -> answer(request, 200, "ok\n");
            case "/readyz" -> answer(request, ready.getAsBoolean() ? 200 : 503,
                    ready.getAsBoolean() ? "ok\n" : "not ready\n");
            default -> answer(request, 404, "there are /healthz and /readyz\n");
        }
    }

    private static void answer(HttpServerRequest request, int status, String text) {
        request.response().setStatusCode(status).end(text);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
