package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Fetches bearer tokens: with GET for a user or nobody
 * (<a href="https://distribution.github.io/distribution/spec/auth/token/">token</a>), with POST for a refresh token
 * (<a href="https://distribution.github.io/distribution/spec/auth/oauth/">oauth</a>).
 */
final class TokenClient {

    private static final int MAX_REPLY = 1 << 18;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,65536}+");

    private final RegistryHttp http;
    private final RegistryCredentials credentials;

    TokenClient(RegistryHttp http, RegistryCredentials credentials) {
        this.http = http;
        this.credentials = credentials;
    }

    String token(URI realm, String service, String scope) throws IOException {
        String query = "service=" + encode(service) + "&scope=" + encode(scope);
        return switch (credentials) {
            case RegistryCredentials.Anonymous nobody -> get(realm, query, Map.of());
            case RegistryCredentials.Basic basic ->
                get(realm, query, Map.of("Authorization", RegistryAuthorizer.basic(basic)));
            case RegistryCredentials.IdentityToken identity -> post(realm, query + "&client_id=cdi"
                    + "&grant_type=refresh_token&refresh_token=" + encode(identity.token()));
        };
    }

    private String get(URI realm, String query, Map<String, String> headers) throws IOException {
        String separator = realm.getRawQuery() == null ? "?" : "&";
        try (RegistryHttp.Reply reply = http.get(URI.create(realm + separator + query), headers)) {
            return token(realm, reply);
        }
    }

    private String post(URI realm, String form) throws IOException {
        try (RegistryHttp.Reply reply = http.post(realm,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.US_ASCII))) {
            return token(realm, reply);
        }
    }

    private static String token(URI realm, RegistryHttp.Reply reply) throws IOException {
        String action = "failed to pull image: asking " + realm.getHost() + " for a token";
        if (reply.status() != 200) {
            throw RegistryFailure.of(reply, action);
        }
        try {
            JsonNode root = Json.object(RegistryFailure.body(reply, MAX_REPLY, action), "token");
            String token = Json.text(root, "token").filter(t -> !t.isEmpty())
                    .orElse(Json.text(root, "access_token").orElse(""));
            if (TOKEN.matcher(token).matches()) {
                return token;
            }
        } catch (ImageRefusedException e) {
            // Its message could hold the token.
        }
        throw new NeedsUserException(NeedsUserException.Reason.ACCESS_DENIED, action + ": the reply is not a token");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
