package io.datavolume.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The algorithm of a kubeconfig's client key. The client library takes every key in PKCS #8 for RSA, and then cannot read
 * those of elliptic curves.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468#section-10">RFC 7468, private keys</a>
 */
final class ClientKey {

    private static final Pattern PKCS8 = Pattern
            .compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private ClientKey() {}

    /** EC, or empty where the library finds out by itself. */
    static Optional<String> algorithm(Config config) {
        String pem = pem(config.getClientKeyData(), config.getClientKeyFile());
        Matcher key = PKCS8.matcher(pem);
        return key.find() && isElliptic(key.group(1)) ? Optional.of("EC") : Optional.empty();
    }

    private static boolean isElliptic(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Empty where there is none, or none that can be read: the library says so when it needs the key. */
    private static String pem(@Nullable String data, @Nullable String file) {
        try {
            if (data != null && !data.isEmpty()) {
                return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
            }
            return file == null || file.isEmpty() ? "" : Files.readString(Path.of(file), StandardCharsets.US_ASCII);
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }
}
