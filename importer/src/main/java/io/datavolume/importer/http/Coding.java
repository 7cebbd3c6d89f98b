package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.util.Locale;

/** Content codings (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4">RFC 9110, 8.4</a>); none is asked for. */
final class Coding {

    private Coding() {}

    /** @throws NeedsUserException when the body is coded in another way than gzip */
    static boolean isGzip(String action, HttpHeaders headers) throws NeedsUserException {
        String coding = String.join(",", headers.all("Content-Encoding")).strip().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new NeedsUserException(Reason.USAGE, action + " but it comes with the content coding '"
                    + HttpFailures.printable(coding) + "', which was not asked for; only gzip can be undone");
        };
    }
}
