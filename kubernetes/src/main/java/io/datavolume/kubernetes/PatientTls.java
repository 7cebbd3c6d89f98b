package io.datavolume.kubernetes;

import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;

/** A TLS handshake may take as long as a request: a busy machine is no broken one. */
final class PatientTls extends Vertx5HttpClientFactory {

    private final long seconds;

    PatientTls(long seconds) {
        this.seconds = seconds;
    }

    @Override
    protected void additionalConfig(WebClientOptions requests, WebSocketClientOptions watches, PoolOptions pool) {
        requests.setSslHandshakeTimeout(seconds).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        watches.setSslHandshakeTimeout(seconds).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    }
}
