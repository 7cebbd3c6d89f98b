package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.http.HttpOptions;
import io.datavolume.importer.http.HttpSource;
import io.datavolume.importer.http.ProxySettings;
import io.datavolume.importer.source.FileSource;
import io.datavolume.importer.source.StdinSource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what a location names, and opens it. */
final class SourceOpener {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private SourceOpener() {}

    /**
     * @param restartable whether a later run may go on behind the beginning
     * @param warnings is told what is odd and stops nothing
     */
    static OpenedSource open(SourceSpec spec, Secrets secrets, boolean restartable, Consumer<String> warnings)
            throws IOException {
        String location = spec.location();
        Matcher scheme = SCHEME.matcher(location);
        String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "http", "https" -> http(spec, secrets, warnings);
            case "docker", "oci-archive", "docker-archive" ->
                ContainerOpener.open(spec, secrets, options(spec, secrets), restartable, warnings);
            case "file" -> file(location.replaceFirst("(?i)^file:(//)?", ""));
            case "" -> location.equals("-")
                    ? new OpenedSource.Object(new StdinSource(System.in), Parallelism.local())
                    : file(location);
            default -> throw new NeedsUserException(Reason.USAGE, "Tried to open a source of the kind \"" + name
                    + ":\" but there is none; use http(s)://, docker://, oci-archive:, docker-archive:, a path, or -");
        };
    }

    private static OpenedSource http(SourceSpec spec, Secrets secrets, Consumer<String> warnings) throws IOException {
        HttpSource source = HttpSource.open(uri(spec.location()), options(spec, secrets), warnings);
        return new OpenedSource.Object(source, Parallelism.remote(spec.connections()));
    }

    private static OpenedSource file(String path) throws IOException {
        try {
            return new OpenedSource.Object(FileSource.open(Path.of(path)), Parallelism.local());
        } catch (InvalidPathException e) {
            throw new NeedsUserException(Reason.USAGE, "Tried to open a file but its name is not a path", e);
        }
    }

    private static URI uri(String location) throws NeedsUserException {
        try {
            URI uri = new URI(location);
            if (uri.getHost() == null) {
                throw new NeedsUserException(Reason.USAGE, "Tried to open a URL but it names no host");
            }
            return uri;
        } catch (URISyntaxException e) {
            // Not the input itself: it may hold a password.
            throw new NeedsUserException(Reason.USAGE,
                    "Tried to open a URL but it is not valid at position " + e.getIndex() + ": " + e.getReason(), e);
        }
    }

    private static HttpOptions options(SourceSpec spec, Secrets secrets) throws NeedsUserException {
        try {
            return HttpOptions.DEFAULT.withCredentials(secrets.user(), secrets.password(), secrets.headers())
                    .withTrust(spec.certificates().stream().map(Path::of).toList(), spec.insecure())
                    .withTimes(CONNECT, Duration.ofSeconds(spec.stallSeconds()),
                            Duration.ofSeconds(spec.retrySeconds()))
                    .withConnections(spec.connections())
                    .withNetwork(ProxySettings.fromEnvironment(System.getenv()), spec.denied());
        } catch (IllegalArgumentException e) {
            throw new NeedsUserException(Reason.USAGE, "The order cannot be carried out: " + e.getMessage(), e);
        }
    }
}
