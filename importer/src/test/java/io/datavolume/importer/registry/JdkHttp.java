package io.datavolume.importer.registry;

import io.datavolume.image.failure.RetryableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The JDK's client, so that the protocol is tested apart from the transport. */
final class JdkHttp implements RegistryHttp {

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    @Override
    public Reply get(URI uri, Map<String, String> headers) throws IOException {
        return send(HttpRequest.newBuilder(uri).GET(), headers);
    }

    @Override
    public Reply post(URI uri, Map<String, String> headers, byte[] form) throws IOException {
        return send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(form)), headers);
    }

    private Reply send(HttpRequest.Builder request, Map<String, String> headers) throws IOException {
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response = client.send(request.timeout(Duration.ofSeconds(3)).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            return new JdkReply(response);
        } catch (IOException e) {
            throw new RetryableException("no reply: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private record JdkReply(HttpResponse<InputStream> response) implements Reply {

        @Override
        public int status() {
            return response.statusCode();
        }

        @Override
        public List<String> header(String name) {
            return response.headers().allValues(name);
        }

        @Override
        public InputStream body() {
            return response.body();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}
