package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Content codings (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4">RFC 9110, 8.4</a>); none is asked for. */
final class Coding {

    private static final Pattern GZIP_FILE = Pattern.compile("(?is).*\\.(gz|gzip|tgz)");

    private Coding() {}

    /**
     * Whether the server has coded the file that the URL names. A file that is itself named as a gzip file is stored
     * as it comes, whatever the header says of it: its checksum was made of these bytes, and ranges are ranges of it.
     *
     * @param uri as the user gave it
     * @throws NeedsUserException when the body is coded in another way than gzip
     */
    static boolean isGzip(URI uri, HttpHeaders headers) throws NeedsUserException {
        String coding = String.join(",", headers.all("Content-Encoding")).strip().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> !GZIP_FILE.matcher(String.valueOf(uri.getPath())).matches();
            default -> throw new NeedsUserException(Reason.NOT_FOUND, HttpFailures.reading(uri)
                    + " but it comes with the content coding '"
                    + HttpFailures.printable(coding) + "', which was not asked for; only gzip can be undone");
        };
    }
}
