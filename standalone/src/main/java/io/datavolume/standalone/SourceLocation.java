package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source may be called. */
final class SourceLocation {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final Set<String> KNOWN = Set.of("http", "https", "docker", "file");

    private SourceLocation() {}

    /** Refuses what is a URL, but of no kind that can be imported; everything else is a path at worst. */
    static void check(String source) throws NeedsUserException {
        if (source.isBlank()) {
            throw Main.usage("The source is empty: " + FORMS);
        }
        Matcher match = SCHEME.matcher(source);
        if (match.matches() && !KNOWN.contains(match.group(1).toLowerCase(Locale.ROOT))) {
            throw Main.usage("A source of the kind " + match.group(1) + ":// is not supported: " + FORMS);
        }
    }

    private static final String FORMS = "name http(s)://HOST/PATH, docker://HOST/IMAGE, oci-archive:FILE,"
            + " docker-archive:FILE, a file, or - for standard input";

    /** Whether reading again gives the same bytes, so that an import can go on. */
    static boolean repeatable(String source) {
        return !source.equals("-");
    }
}
