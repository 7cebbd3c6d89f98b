package io.datavolume.importer.digest;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expected checksum.
 *
 * @param algorithm one of {@code md5}, {@code sha1}, {@code sha256}, {@code sha512}
 * @param hex lower-case hexadecimal digits, as many as the algorithm yields
 */
public record Checksum(String algorithm, String hex) {

    private static final Pattern SYNTAX = Pattern.compile("(md5|sha1|sha256|sha512):([0-9a-f]+)");

    /** @param text {@code sha256:…}, in any case */
    public static Checksum parse(String text) throws NeedsUserException {
        Matcher match = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches() || match.group(2).length() != digits(match.group(1))) {
            throw new NeedsUserException(Reason.USAGE,
                    "The checksum must be algorithm:hex with the algorithm md5, sha1,"
                            + " sha256 or sha512 and as many hexadecimal digits as it has (32, 40, 64, 128)");
        }
        return new Checksum(match.group(1), match.group(2));
    }

    private static int digits(String algorithm) {
        return switch (algorithm) {
            case "md5" -> 32;
            case "sha1" -> 40;
            case "sha256" -> 64;
            default -> 128;
        };
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
