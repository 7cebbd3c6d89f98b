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
 * with a self-signed certificate under {@code /metrics}. Serves nothing when the order asks for nothing.
 */
public final class MetricsEndpoint implements ProgressListener, AutoCloseable {

    private static final String METRIC = "kubevirt_cdi_import_progress";
    private static final long START_SECONDS = 20;

    private final AtomicReference<Double> percent = new AtomicReference<>(0.0);
    private final @Nullable Vertx vertx;
    private final int port;

    private MetricsEndpoint(@Nullable MetricsSpec spec) {
        if (spec == null) {
            vertx = null;
            port = -1;
            return;
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FunctionCounter.builder(METRIC, percent, AtomicReference::get)
                .description("The import progress in percentage").tags(List.of(Tag.of("ownerUID", spec.ownerUid())))
                .register(registry);
        Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        vertx = own;
        HttpServerOptions options = new HttpServerOptions().setSsl(true)
                .setKeyCertOptions(SelfSigned.certificate());
        HttpServer server = own.createHttpServer(options).requestHandler(request -> {
            if ("/metrics".equals(request.path())) {
                request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(registry.scrape());
            } else {
                request.response().setStatusCode(404).end();
            }
        });
        port = await(server.listen(spec.port())).actualPort();
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

    public static MetricsEndpoint start(Optional<MetricsSpec> spec) {
        return new MetricsEndpoint(spec.orElse(null));
    }

    /** TCP port that is served, -1 for none. */
    public int port() {
        return port;
    }

    @Override
    public void update(Progress progress) {
        // A counter never falls.
        percent.accumulateAndGet(Math.max(0, progress.percent()), Math::max);
    }

    @Override
    public void close() {
        if (vertx != null) {
            await(vertx.close());
        }
    }
}
