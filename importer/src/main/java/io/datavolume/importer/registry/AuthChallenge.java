package io.datavolume.importer.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header
 * (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110 §11.6.1</a>).
 *
 * @param scheme in lower case
 * @param parameters names in lower case
 */
record AuthChallenge(String scheme, Map<String, String> parameters) {

    private static final int MAX_HEADER = 8192;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern SCHEME = Pattern.compile("[\\s,]*+(" + TOKEN + ")(?:\\s++|,|$)(?!=)");
    private static final Pattern PARAMETER = Pattern
            .compile("[\\s,]*+(" + TOKEN + ")\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "))\\s*+(?=,|$)");

    AuthChallenge {
        parameters = Map.copyOf(parameters);
    }

    /** The challenges of these headers, in order; what cannot be read is left out. */
    static List<AuthChallenge> parse(List<String> headers) {
        List<AuthChallenge> challenges = new ArrayList<>();
        headers.stream().limit(8).filter(header -> header.length() <= MAX_HEADER)
                .forEach(header -> parse(header, challenges));
        return challenges;
    }

    private static void parse(String header, List<AuthChallenge> challenges) {
        Matcher scheme = SCHEME.matcher(header);
        Matcher parameter = PARAMETER.matcher(header);
        int at = 0;
        while (at < header.length() && scheme.region(at, header.length()).lookingAt()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            at = scheme.end();
            while (at < header.length() && parameter.region(at, header.length()).lookingAt()) {
                String quoted = parameter.group(2);
                parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT),
                        quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : parameter.group(3));
                at = parameter.end();
            }
            challenges.add(new AuthChallenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
        }
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
