package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.importer.http.Retries;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Pulls from one repository, as in the
 * <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull">distribution
 * specification</a>. Thread-safe.
 */
final class RegistryClient implements ImageResolver.Documents {

    private static final int CAUSES = 8;
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final RegistryHttp http;
    private final ImageReference.Remote image;
    private final RegistryAccess access;
    private final RegistryAuthorizer authorizer;
    private final Retries retries;
    private final URI api;

    private RegistryClient(RegistryHttp http, ImageReference.Remote image, RegistryAccess access, String scheme) {
        this.http = http;
        this.image = image;
        this.access = access;
        this.authorizer = new RegistryAuthorizer(http, access, image);
        this.retries = new Retries(access.retry(), access.warnings());
        this.api = URI.create(scheme + "://" + image.apiHost() + "/v2/");
    }

    /** Speaks HTTPS, or plain HTTP with a registry that may be insecure and does not speak HTTPS. */
    static RegistryClient connect(RegistryHttp http, ImageReference.Remote image, RegistryAccess access)
            throws IOException {
        RegistryClient secure = new RegistryClient(http, image, access, "https");
        if (access.insecure()) {
            try (RegistryHttp.Reply reply = http.get(secure.api, Map.of())) {
                return reply.status() == 400 ? new RegistryClient(http, image, access, "http") : secure;
            } catch (IOException e) {
                if (e instanceof NeedsUserException && !isTls(e)) {
                    throw e;
                }
                return new RegistryClient(http, image, access, "http");
            }
        }
        return secure;
    }

    private static boolean isTls(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    String displayName() {
        return image.toString();
    }

    /** The manifest of the reference itself; verified if the reference has a digest. */
    byte[] rootManifest() throws IOException {
        byte[] content = document(manifestUri(image.tagOrDigest()), Map.of("Accept", MediaTypes.ACCEPT));
        return image.digest().isPresent() ? ImageResolver.verified(content, image.digest().get()) : content;
    }

    @Override
    public byte[] manifest(Descriptor manifest) throws IOException {
        return document(manifestUri(manifest.digest().toString()), Map.of("Accept", MediaTypes.ACCEPT));
    }

    @Override
    public byte[] config(Descriptor config) throws IOException {
        return document(blobUri(config.digest()), Map.of());
    }

    /**
     * Opens a blob in one attempt; the caller closes the reply.
     *
     * @param range value of a Range header, or empty for all
     * @return a reply of status 200 or 206
     */
    RegistryHttp.Reply blob(Digest digest, Optional<String> range) throws IOException {
        return get(blobUri(digest), range.map(r -> Map.of("Range", r)).orElse(Map.of()));
    }

    /** How what reads blobs tries again. */
    Retries retries() {
        return retries;
    }

    private URI manifestUri(String tagOrDigest) {
        return api.resolve(image.repository() + "/manifests/" + tagOrDigest);
    }

    private URI blobUri(Digest digest) {
        return api.resolve(image.repository() + "/blobs/" + digest);
    }

    private byte[] document(URI uri, Map<String, String> headers) throws IOException {
        return retries.call(() -> {
            try (RegistryHttp.Reply reply = get(uri, headers)) {
                return RegistryFailure.body(reply, Json.MAX_BYTES + 1, action(uri));
            }
        });
    }

    private RegistryHttp.Reply get(URI start, Map<String, String> headers) throws IOException {
        URI uri = start;
        boolean renewed = false;
        for (int redirects = 0; redirects <= MAX_REDIRECTS;) {
            boolean home = sameOrigin(uri, api);
            Optional<String> authorization = home ? authorizer.authorization() : Optional.empty();
            Map<String, String> sent = new HashMap<>(headers);
            authorization.ifPresent(value -> sent.put("Authorization", value));
            RegistryHttp.Reply reply = http.get(uri, sent);
            int status = reply.status();
            if (status == 200 || status == 206) {
                return reply;
            }
            try (reply) {
                if (status == 401 && home && !renewed) {
                    authorizer.renew(authorization, reply.header("WWW-Authenticate"));
                    renewed = true;
                } else if (REDIRECTS.contains(status)) {
                    uri = redirected(uri, reply.header("Location"));
                    redirects++;
                } else {
                    throw RegistryFailure.of(reply, action(uri));
                }
            }
        }
        throw new RetryableException(action(start) + ": more than " + MAX_REDIRECTS + " redirects", null);
    }

    private URI redirected(URI from, List<String> location) throws NeedsUserException {
        try {
            URI to = from.resolve(location.isEmpty() ? "" : location.getFirst());
            boolean encrypted = "https".equalsIgnoreCase(to.getScheme());
            if (!location.isEmpty() && to.getHost() != null && to.getUserInfo() == null
                    && (encrypted || access.insecure() && "http".equalsIgnoreCase(to.getScheme()))) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new NeedsUserException(NeedsUserException.Reason.ACCESS_DENIED, action(from)
                + ": the registry redirects to something that is not an https address");
    }

    private String action(URI uri) {
        return "failed to pull image: " + image + ": GET " + uri.getScheme() + "://" + uri.getAuthority()
                + Text.brief(uri.getPath());
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
