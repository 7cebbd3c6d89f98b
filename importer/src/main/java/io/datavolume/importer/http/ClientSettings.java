package io.datavolume.importer.http;

import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the client itself is set up. */
final class ClientSettings {

    private static final int CONNECTIONS = 128;
    private static final int CHUNK = 64 << 10;
    /** Signed URLs in Location headers are long. */
    private static final int HEADER = 64 << 10;

    private ClientSettings() {}

    /**
     * The socket's receive buffer is left to the kernel: setting it switches off the automatic window, which grows
     * far beyond what a process may ask for.
     */
    static HttpClientOptions plain(HttpOptions options) {
        return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_1_1).setUseAlpn(false)
                .setKeepAlive(true).setMaxChunkSize(CHUNK).setMaxHeaderSize(HEADER).setDecompressionSupported(false)
                .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, options.connectTimeout().toMillis()))
                .setTcpKeepAlive(true).setMaxRedirects(1);
    }

    /** @throws IOException when the certificates to trust cannot be read */
    static HttpClientOptions secure(HttpOptions options) throws IOException {
        HttpClientOptions client = plain(options).setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeout(options.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (OpenSsl.isAvailable()) {
            // Less than two thirds of the JDK engine's CPU time per byte; it needs a writable temporary folder.
            client.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        if (options.insecure()) {
            return client.setTrustAll(true).setVerifyHost(false);
        }
        return client.setVerifyHost(true).setTrustOptions(
                TrustOptions.wrap(TrustStore.withSystem(options.certificates())));
    }

    static PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(CONNECTIONS);
    }
}
