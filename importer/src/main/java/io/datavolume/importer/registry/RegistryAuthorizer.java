package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers a registry's challenges: basic, or a bearer token of the
 * <a href="https://distribution.github.io/distribution/spec/auth/token/">token flow</a>. Credentials are sent only
 * when they are asked for, encrypted unless the registry may be insecure. Thread-safe: several ranges may be
 * read at once, and one of them renews the token for all.
 */
final class RegistryAuthorizer {

    private static final Pattern PULL = Pattern.compile("repository:[a-zA-Z0-9][a-zA-Z0-9._/:-]{0,254}:pull");

    private final TokenClient tokens;
    private final RegistryAccess access;
    private final ImageReference.Remote image;
    private Optional<String> authorization = Optional.empty();

    RegistryAuthorizer(RegistryHttp http, RegistryAccess access, ImageReference.Remote image) {
        this.tokens = new TokenClient(http, access.credentials());
        this.access = access;
        this.image = image;
    }

    /** Value of the Authorization header that the registry has accepted or may accept; empty before it asked. */
    synchronized Optional<String> authorization() {
        return authorization;
    }

    /**
     * Finds the answer to a 401.
     *
     * @param sent what the denied request carried
     * @param headers the WWW-Authenticate headers
     * @throws NeedsUserException if there is no answer
     */
    synchronized void renew(Optional<String> sent, List<String> headers) throws IOException {
        if (!authorization.equals(sent)) {
            return;
        }
        List<AuthChallenge> challenges = AuthChallenge.parse(headers);
        for (AuthChallenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                authorization = Optional.of("Bearer "
                        + tokens.token(realm(challenge.parameter("realm")), challenge.parameter("service"),
                                scope(challenge.parameter("scope"))));
                return;
            }
        }
        if (challenges.stream().noneMatch(c -> c.scheme().equals("basic"))) {
            throw denied("the registry asks for a way to log in that is not supported (basic and bearer are)");
        }
        if (sent.isPresent()) {
            throw denied("the registry does not accept the user name or password");
        }
        authorization = Optional.of(switch (access.credentials()) {
            case RegistryCredentials.Basic basic -> basic(basic);
            case RegistryCredentials.Anonymous nobody -> throw denied("the registry asks for a user name and password,"
                    + " and none are given");
            case RegistryCredentials.IdentityToken token ->
                throw denied("the registry asks for a user name and password,"
                        + " and an identity token is given");
        });
    }

    /** Value of an Authorization header. */
    static String basic(RegistryCredentials.Basic basic) {
        return "Basic " + Base64.getEncoder()
                .encodeToString((basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8));
    }

    private URI realm(String realm) throws NeedsUserException {
        try {
            URI uri = new URI(realm);
            boolean plain = "http".equalsIgnoreCase(uri.getScheme()) && access.insecure();
            if (uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null
                    && (plain || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw denied("the registry names a token server that is not an https address: "
                + Text.brief(realm.replaceFirst("\\?.*", "")));
    }

    /** Never more than pulling, whatever the registry suggests. */
    private String scope(String suggested) {
        return PULL.matcher(suggested).matches() ? suggested : "repository:" + image.repository() + ":pull";
    }

    private NeedsUserException denied(String why) {
        return new NeedsUserException(NeedsUserException.Reason.ACCESS_DENIED,
                "failed to pull image: " + image + ": " + why);
    }
}
