package io.datavolume.importer.http;

import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** An object behind an {@code http} or {@code https} URL. */
public final class HttpSource implements Source {

    private final HttpTransport transport;
    private final HttpObject object;
    private final Retries retries;
    private final URI uri;
    private final LongAdder received;
    private final int connections;

    private HttpSource(HttpTransport transport, HttpObject object, Retries retries, URI uri, LongAdder received,
            int connections) {
        this.transport = transport;
        this.object = object;
        this.retries = retries;
        this.uri = uri;
        this.received = received;
        this.connections = connections;
    }

    public static HttpSource open(URI uri, HttpOptions options) throws IOException {
        return open(uri, options, warning -> {});
    }

    private static HttpOptions withUserInfo(HttpOptions options, URI uri) throws NeedsUserException {
        try {
            return options.withUserInfo(uri);
        } catch (IllegalArgumentException e) {
            // Not the cause, which may repeat the user info.
            throw new NeedsUserException(Reason.USAGE, HttpFailures.reading(uri)
                    + " but the user name and password in the URL cannot be sent; give them apart from the URL");
        }
    }

    /**
     * Asks the server about the object, again and again while it is retryable.
     *
     * @param uri its user info is used for basic authentication where the options name no user
     * @param warnings told what is odd but no failure
     * @throws io.datavolume.image.failure.TransferException when the object cannot be read
     */
    public static HttpSource open(URI uri, HttpOptions options, Consumer<String> warnings) throws IOException {
        HttpTransport transport = new HttpTransport(withUserInfo(options, uri));
        try {
            Redirects redirects = new Redirects(transport);
            Retries retries = new Retries(options.retry(), warnings);
            Probe probe = retries.call(() -> Probe.of(redirects, uri));
            probe.contentType().filter(type -> type.startsWith("text/")).ifPresent(type -> warnings.accept(
                    DisplayUrl.of(uri) + " is served as " + HttpFailures.printable(type) + ", not as an image"));
            LongAdder received = new LongAdder();
            return new HttpSource(transport, new HttpObject(redirects, uri, probe, received), retries, uri, received,
                    options.connections());
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    @Override
    public String displayName() {
        return DisplayUrl.of(uri);
    }

    @Override
    public OptionalLong length() {
        return object.probe().length();
    }

    @Override
    public Optional<String> validator() {
        return object.probe().validator().text(length());
    }

    /** @return a stream that is a {@link java.nio.channels.ReadableByteChannel} as well */
    @Override
    public InputStream stream(long offset) {
        OptionalLong length = length();
        if (ranges().isPresent() && length.isPresent()
                && WideningStream.isWorthwhile(length.getAsLong(), offset, connections)) {
            return new WideningStream(object, retries, offset, length.getAsLong(), connections);
        }
        return new ResumingStream(object, retries, offset, OptionalLong.empty());
    }

    /** Present where the server has ranges and identifies the bytes: else two ranges might be of two files. */
    @Override
    public Optional<RangeReader> ranges() {
        OptionalLong length = length();
        return object.probe().ranges() && length.isPresent() && validator().isPresent()
                ? Optional.of(new HttpRanges(object, retries, length.getAsLong()))
                : Optional.empty();
    }

    @Override
    public long bytesReceived() {
        return received.sum();
    }

    @Override
    public void close() {
        transport.close();
    }
}
