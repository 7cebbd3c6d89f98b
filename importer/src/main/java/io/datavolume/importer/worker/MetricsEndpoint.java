package io.datavolume.importer.worker;

import io.datavolume.importer.TransferSpec.MetricsSpec;
import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.ProgressListener;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The peer's progress metric: counter {@code kubevirt_cdi_import_progress_total{ownerUID="…"}}, 0 to 100, by HTTPS
 * with a self-signed certificate under {@code /metrics}. Serves nothing when the order asks for nothing. Hands on all
 * that it is told.
 */
public final class MetricsEndpoint implements ProgressListener, AutoCloseable {

    private static final String METRIC = "kubevirt_cdi_import_progress";
    private static final long START_SECONDS = 20;

    private final AtomicReference<Double> percent = new AtomicReference<>(0.0);
    private final ProgressListener next;
    private final @Nullable Vertx vertx;
    private final int port;

    /** Serves nothing. */
    private MetricsEndpoint(ProgressListener next) {
        this.next = next;
        vertx = null;
        port = -1;
    }

    private MetricsEndpoint(MetricsSpec spec, ProgressListener next) {
        this.next = next;
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FunctionCounter.builder(METRIC, percent, AtomicReference::get)
                .description("The import progress in percentage").tags(List.of(Tag.of("ownerUID", spec.ownerUid())))
                .register(registry);
        Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        vertx = own;
        HttpServerOptions options = new HttpServerOptions().setSsl(true)
                .setKeyCertOptions(SelfSigned.certificate("cdi-importer"));
        HttpServer server = own.createHttpServer(options).requestHandler(request -> {
            if ("/metrics".equals(request.path())) {
                request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(registry.scrape());
            } else {
                request.response().setStatusCode(404).end();
            }
        });
        try {
            port = await(server.listen(spec.port())).actualPort();
        } catch (IllegalStateException e) {
            own.close();
            throw e;
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting the metrics endpoint", e);
        } catch (Exception e) {
            throw new IllegalStateException("Tried to serve metrics but failed: " + e.getMessage(), e);
        }
    }

    /** @param next is told everything, and of an endpoint that cannot be served, which is no reason not to import */
    public static MetricsEndpoint start(Optional<MetricsSpec> spec, ProgressListener next) {
        if (spec.isEmpty()) {
            return new MetricsEndpoint(next);
        }
        try {
            return new MetricsEndpoint(spec.get(), next);
        } catch (IllegalStateException e) {
            next.warning(String.valueOf(e.getMessage()));
            return new MetricsEndpoint(next);
        }
    }

    /** TCP port that is served, -1 for none. */
    public int port() {
        return port;
    }

    @Override
    public void update(Progress progress) {
        // A counter never falls.
        percent.accumulateAndGet(Math.max(0, progress.percent()), Math::max);
        next.update(progress);
    }

    @Override
    public void warning(String message) {
        next.warning(message);
    }

    @Override
    public void close() {
        if (vertx != null) {
            await(vertx.close());
        }
    }
}
