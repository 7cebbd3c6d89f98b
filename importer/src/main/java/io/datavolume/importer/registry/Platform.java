package io.datavolume.importer.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A platform of an
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">image index</a>, in Go's names.
 *
 * @param os {@code linux}
 * @param architecture {@code amd64}, {@code arm64}, {@code s390x}, …
 * @param variant {@code v8}; empty for any
 */
public record Platform(String os, String architecture, Optional<String> variant) {

    // A virtual machine's disk is of no operating system; its image says linux.
    private static final Pattern REQUEST = Pattern.compile(
            "(?:linux/)?(?<architecture>(?!linux\\b|windows\\b)[a-z0-9_]{1,32})(?:/(?<variant>[a-z0-9_.]{1,32}))?");

    /** The platform of this process. */
    public static Platform running() {
        return linux(System.getProperty("os.arch", "amd64"));
    }

    /**
     * A Linux platform as users write it: {@code linux/arm64/v8}, {@code arm64} or {@code arm64/v8}; the kernel's names
     * are taken too.
     *
     * @throws IllegalArgumentException if the text is not an architecture
     */
    public static Platform linux(String text) {
        Matcher request = REQUEST.matcher(text.toLowerCase(Locale.ROOT));
        if (!request.matches()) {
            throw new IllegalArgumentException("not an architecture: " + Text.brief(text));
        }
        return new Platform("linux", goName(request.group("architecture")),
                Optional.ofNullable(request.group("variant")));
    }

    private static String goName(String architecture) {
        return switch (architecture) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "i386", "i686", "x86" -> "386";
            default -> architecture;
        };
    }

    /** Whether this entry of an index is what is wanted; a wanted platform without variant takes any. */
    boolean satisfies(Platform wanted) {
        return os.equals(wanted.os) && architecture.equals(wanted.architecture)
                && (wanted.variant.isEmpty() || variant.isEmpty() || variant.equals(wanted.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
