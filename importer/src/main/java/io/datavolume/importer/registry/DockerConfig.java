package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Credentials from a Docker {@code config.json} ({@code kubernetes.io/dockerconfigjson}, Podman's
 * {@code auth.json}). Credential helpers are programs and are not run.
 */
public final class DockerConfig {

    private final JsonNode root;

    private DockerConfig(JsonNode root) {
        this.root = root;
    }

    /** @throws NeedsUserException if this is not such a file; the message holds nothing of its content */
    public static DockerConfig parse(byte[] content) throws NeedsUserException {
        JsonNode root;
        try {
            root = Json.object(content, "Docker configuration file");
        } catch (NeedsUserException e) {
            throw unusable("it is not a JSON object of at most " + Json.MAX_BYTES + " bytes, each key once");
        }
        return new DockerConfig(root);
    }

    /**
     * What the file says of an image's registry; the most specific entry counts, as in Podman.
     *
     * @throws NeedsUserException if the entry cannot be read, or only a credential helper would know
     */
    public RegistryCredentials credentialsFor(ImageReference.Remote image) throws NeedsUserException {
        JsonNode auths = root.path("auths");
        for (String name : names(image)) {
            JsonNode entry = auths.path(name);
            if (entry.isObject() && !entry.isEmpty()) {
                return credentials(entry, image.host());
            }
        }
        if (root.path("credHelpers").has(image.host())) {
            throw unusable("the credentials of " + image.host() + " are with a credential helper, and helpers are not"
                    + " run; write them into auths");
        }
        return new RegistryCredentials.Anonymous();
    }

    /** What the user should be told when the registry then denies access. */
    public Optional<String> warning() {
        return root.path("credsStore").isString() && !root.path("credsStore").stringValue().isEmpty()
                ? Optional.of("the Docker configuration file keeps credentials in a credsStore, which is not read;"
                        + " write them into auths")
                : Optional.empty();
    }

    private static List<String> names(ImageReference.Remote image) {
        List<String> names = new java.util.ArrayList<>();
        String path = image.host() + "/" + image.repository();
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            names.add(path.substring(0, end));
        }
        names.add("https://" + image.host());
        names.add("http://" + image.host());
        names.add("https://" + image.host() + "/v1/");
        names.add("https://" + image.host() + "/v2/");
        if (image.host().equals("docker.io")) {
            names.add("https://index.docker.io/v1/");
            names.add("index.docker.io");
        }
        return names;
    }

    private static RegistryCredentials credentials(JsonNode entry, String host) throws NeedsUserException {
        String token = entry.path("identitytoken").asString("");
        if (!token.isEmpty()) {
            return new RegistryCredentials.IdentityToken(token);
        }
        String user = entry.path("username").asString("");
        String password = entry.path("password").asString("");
        String auth = entry.path("auth").asString("");
        try {
            if (!auth.isEmpty()) {
                String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon < 0) {
                    throw unusable("the entry of " + host + " is not base64 of user:password");
                }
                user = pair.substring(0, colon);
                password = trimZeros(pair.substring(colon + 1));
            }
            return user.isEmpty() ? new RegistryCredentials.Anonymous() : new RegistryCredentials.Basic(user, password);
        } catch (IllegalArgumentException e) {
            throw unusable("the entry of " + host + " is not base64 of user:password");
        }
    }

    /** Old Docker clients padded the password. */
    private static String trimZeros(String password) {
        int end = password.length();
        while (end > 0 && password.charAt(end - 1) == 0) {
            end--;
        }
        return password.substring(0, end);
    }

    private static NeedsUserException unusable(String why) {
        return new NeedsUserException(NeedsUserException.Reason.ACCESS_DENIED,
                "Could not take credentials from the Docker configuration file: " + why);
    }
}
