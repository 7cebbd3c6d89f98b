package io.datavolume.importer.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A content digest of the
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">OCI image specification</a>:
 * {@code sha256:<64 hex>} or {@code sha512:<128 hex>}, lower case.
 *
 * @param algorithm how it is computed
 * @param hex the value, of the algorithm's length
 */
public record Digest(Algorithm algorithm, String hex) {

    /** The registered algorithms. */
    public enum Algorithm {
        SHA256("SHA-256", 64), SHA512("SHA-512", 128);

        private final String jca;
        private final int digits;

        Algorithm(String jca, int digits) {
            this.jca = jca;
            this.digits = digits;
        }

        /** Name as it stands before the colon. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        MessageDigest start() {
            try {
                return MessageDigest.getInstance(jca);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has " + jca, e);
            }
        }
    }

    private static final Pattern HEX = Pattern.compile("[0-9a-f]*+");

    public Digest {
        if (hex.length() != algorithm.digits || !HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    algorithm.id() + " digest is not " + algorithm.digits + " lower-case hex digits: "
                            + Text.brief(hex));
        }
    }

    /** @throws IllegalArgumentException if the text is not a digest of a known algorithm; the message says why */
    public static Digest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (text.startsWith(algorithm.id() + ":")) {
                return new Digest(algorithm, text.substring(algorithm.id().length() + 1));
            }
        }
        throw new IllegalArgumentException("not a sha256 or sha512 digest: " + Text.brief(text));
    }

    /** The digest of these bytes. */
    public static Digest of(Algorithm algorithm, byte[] content) {
        return new Digest(algorithm, HexFormat.of().formatHex(algorithm.start().digest(content)));
    }

    /** Whether these bytes have this digest. */
    public boolean matches(byte[] content) {
        return of(algorithm, content).equals(this);
    }

    @Override
    public String toString() {
        return algorithm.id() + ":" + hex;
    }
}
