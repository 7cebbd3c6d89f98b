package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * A path inside a layer or archive, without {@code .} and empty parts; the root has no parts.
 *
 * @param parts names from the root down
 */
record EntryPath(List<String> parts) {

    EntryPath {
        parts = List.copyOf(parts);
    }

    /** Refuses what would lead out of the root: absolute paths and {@code ..}. A lone {@code /} is the root. */
    static EntryPath parse(String name) throws ImageRefusedException {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw tainted(name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (name.startsWith("/") && !parts.isEmpty()) {
            throw tainted(name);
        }
        return new EntryPath(parts);
    }

    /** Where a relative link in this directory leads to. */
    EntryPath resolve(String link) throws ImageRefusedException {
        if (link.startsWith("/")) {
            throw tainted(link);
        }
        List<String> resolved = new ArrayList<>(parts);
        for (String part : link.split("/", -1)) {
            if (part.equals("..")) {
                if (resolved.isEmpty()) {
                    throw tainted(link);
                }
                resolved.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                resolved.add(part);
            }
        }
        return new EntryPath(resolved);
    }

    EntryPath parent() {
        return parts.isEmpty() ? this : new EntryPath(parts.subList(0, parts.size() - 1));
    }

    EntryPath child(String name) {
        List<String> longer = new ArrayList<>(parts);
        longer.add(name);
        return new EntryPath(longer);
    }

    /** Last part; empty for the root. */
    String name() {
        return parts.isEmpty() ? "" : parts.getLast();
    }

    String text() {
        return String.join("/", parts);
    }

    private static ImageRefusedException tainted(String name) {
        return ContainerCheck.ENTRY_PATH.refuse(name, "content filepath is tainted: paths must be relative and must"
                + " not contain '..'");
    }
}
