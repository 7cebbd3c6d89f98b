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
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The peer's progress metric: counter {@code kubevirt_cdi_import_progress_total{ownerUID="…"}}, 0 to 100, by HTTPS
 * with a self-signed certificate under {@code /metrics}. Serves nothing when the order asks for nothing, nor in the first
 * seconds: nobody scrapes so soon, and a key, a certificate and a server are most of what a short import costs. Hands on
 * all that it is told.
 */
public final class MetricsEndpoint implements ProgressListener, AutoCloseable {

    private static final String METRIC = "kubevirt_cdi_import_progress";
    private static final long START_SECONDS = 20;
    private static final Duration DELAY = Duration.ofSeconds(2);

    private final AtomicReference<Double> percent = new AtomicReference<>(0.0);
    private final ProgressListener next;
    private final Thread opener;
    private @Nullable Vertx vertx;
    private boolean closed;

    private MetricsEndpoint(Optional<MetricsSpec> spec, ProgressListener next) {
        this.next = next;
        this.opener = Thread.ofPlatform().daemon().name("metrics").unstarted(() -> spec.ifPresent(this::open));
    }

    /** @param next is told everything, and of an endpoint that cannot be served, which is no reason not to import */
    public static MetricsEndpoint start(Optional<MetricsSpec> spec, ProgressListener next) {
        MetricsEndpoint endpoint = new MetricsEndpoint(spec, next);
        endpoint.opener.start();
        return endpoint;
    }

    private void open(MetricsSpec spec) {
        try {
            Thread.sleep(DELAY);
            Vertx own = own();
            if (own != null) {
                serve(own, spec);
            }
        } catch (InterruptedException e) {
            // The transfer is over.
        } catch (IllegalStateException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private synchronized @Nullable Vertx own() {
        vertx = closed ? null : Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        return vertx;
    }

    private void serve(Vertx own, MetricsSpec spec) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FunctionCounter.builder(METRIC, percent, AtomicReference::get)
                .description("The import progress in percentage").tags(List.of(Tag.of("ownerUID", spec.ownerUid())))
                .register(registry);
        HttpServerOptions options = new HttpServerOptions().setSsl(true)
                .setKeyCertOptions(SelfSigned.certificate("cdi-importer"));
        await(own.createHttpServer(options).requestHandler(request -> {
            if ("/metrics".equals(request.path())) {
                request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(registry.scrape());
            } else {
                request.response().setStatusCode(404).end();
            }
        }).listen(spec.port()));
    }

    private synchronized void tell(String warning) {
        if (!closed) {
            next.warning(warning);
        }
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Tried to serve metrics but failed: " + e.getMessage(), e);
        }
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
        opener.interrupt();
        Vertx opened;
        synchronized (this) {
            closed = true;
            opened = vertx;
        }
        if (opened != null) {
            // Nobody waits for it: the process is about to end.
            opened.close();
        }
    }
}
