package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code //host[:port]/repository[:tag][@digest]} in the
 * <a href="https://pkg.go.dev/github.com/distribution/reference">reference grammar</a>, with Docker Hub's short names.
 */
final class RemoteReferenceParser {

    static final int MAX_NAME = 255;
    static final int MAX_TAG = 128;

    private static final String HUB = "docker.io";
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?+";
    private static final Pattern HOST = Pattern
            .compile("(?:" + LABEL + "(?:\\." + LABEL + ")*+|\\[[a-fA-F0-9:]{2,45}])(?::[0-9]{1,5})?+");
    private static final Pattern REPOSITORY = Pattern
            .compile("[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+)*+");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");

    private RemoteReferenceParser() {}

    static ImageReference.Remote parse(String text) throws NeedsUserException {
        if (!text.startsWith("//")) {
            throw ImageReference.invalid("a registry image begins with docker://, this one does not", "docker:" + text);
        }
        String rest = text.substring(2);
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(digest(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(tag(rest.substring(colon + 1)));
            rest = rest.substring(0, colon);
        }
        if (rest.length() > MAX_NAME) {
            throw ImageReference.invalid("the repository name is longer than " + MAX_NAME + " characters", rest);
        }
        return named(rest, tag.orElse("latest"), digest);
    }

    private static ImageReference.Remote named(String name, String tag, Optional<Digest> digest)
            throws NeedsUserException {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost")
                || first.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        String host = hasHost ? host(first) : HUB;
        String repository = hasHost ? name.substring(slash + 1) : name;
        if (host.equals(HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        if (!REPOSITORY.matcher(repository).matches()) {
            throw ImageReference.invalid("invalid reference format, a repository is lower-case letters, digits and"
                    + " separators", repository);
        }
        return new ImageReference.Remote(host, repository, tag, digest);
    }

    private static String host(String host) throws NeedsUserException {
        if (!HOST.matcher(host).matches()) {
            throw ImageReference.invalid("invalid reference format, not a registry host", host);
        }
        int colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']')) {
            int port = Integer.parseInt(host.substring(colon + 1));
            if (port < 1 || port > 65535) {
                throw ImageReference.invalid("no such port", host);
            }
        }
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? HUB : host;
    }

    private static String tag(String tag) throws NeedsUserException {
        if (!TAG.matcher(tag).matches()) {
            throw ImageReference.invalid("invalid reference format, a tag is up to " + MAX_TAG
                    + " letters, digits, '_', '.' and '-'", tag);
        }
        return tag;
    }

    private static Digest digest(String text) throws NeedsUserException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw ImageReference.invalid("invalid reference format, " + e.getMessage(), text);
        }
    }
}
