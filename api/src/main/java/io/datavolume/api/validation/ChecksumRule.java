package io.datavolume.api.validation;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a checksum is written: {@code algorithm:hex}. Case and blanks around the two do not count. */
final class ChecksumRule {

    private static final Map<String, Integer> DIGITS = Map.of("md5", 32, "sha1", 40, "sha256", 64, "sha512", 128);

    private ChecksumRule() {}

    static Optional<Violation> check(String checksum, String path) {
        return checksum.isEmpty()
                ? Optional.empty()
                : wrong(checksum)
                        .map(why -> new Violation(path + ".HTTP.checksum", "Invalid checksum format: " + why));
    }

    private static Optional<String> wrong(String checksum) {
        int colon = checksum.indexOf(':');
        if (colon < 0) {
            return Optional
                    .of("invalid checksum format: expected 'algorithm:hash', got '" + Text.plain(checksum) + "'");
        }
        String algorithm = checksum.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String hash = checksum.substring(colon + 1).strip();
        if (hash.isEmpty()) {
            return Optional.of("checksum hash value cannot be empty");
        }
        Integer digits = DIGITS.get(algorithm);
        if (digits == null) {
            return Optional.of("unsupported hash algorithm '" + Text.plain(algorithm)
                    + "': supported algorithms are: md5, sha1, sha256, sha512");
        }
        if (hash.length() != digits) {
            return Optional.of("invalid " + algorithm + " hash length: expected " + digits
                    + " hex characters, got " + hash.length());
        }
        return hash.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.empty()
                : Optional.of("checksum hash is not valid hexadecimal: encoding/hex: invalid byte");
    }
}
