package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one layer says of {@code /disk}: its entries there, and its
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">whiteouts</a>, which hide
 * things in lower layers only. Everything else in the layer is passed over.
 */
final class LayerView {

    /** The directory that holds the disk. */
    static final EntryPath DISK = new EntryPath(List.of("disk"));

    private static final EntryPath ROOT = new EntryPath(List.of());
    private static final String MARK = ".wh.";
    private static final String AUFS = ".wh..wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int MAX_PATHS = 10_000;

    private final Map<EntryPath, TarEntry.Kind> entries = new HashMap<>();
    private final Set<EntryPath> whiteouts = new HashSet<>();
    private final Set<EntryPath> opaque = new HashSet<>();
    private final Set<EntryPath> directories = new HashSet<>();

    /**
     * Takes note of an entry.
     *
     * @return whether it is something at or below {@code /disk}, and no whiteout
     */
    boolean add(EntryPath path, TarEntry entry) throws ImageRefusedException {
        if (path.parts().isEmpty()) {
            return false;
        }
        boolean below = path.parts().getFirst().equals(DISK.name());
        boolean marked = path.parts().stream().anyMatch(part -> part.startsWith(MARK));
        boolean atRoot = path.name().equals(OPAQUE) && path.parts().size() == 1
                || path.parts().getFirst().equals(MARK + DISK.name());
        if (marked && (below || atRoot)) {
            addWhiteout(path, entry);
            return false;
        }
        if (below) {
            addEntry(path, entry);
        }
        return below;
    }

    /** To be called after the last entry: refuses what could be seen in two ways. */
    void complete() throws ImageRefusedException {
        for (EntryPath hidden : whiteouts) {
            if (entries.containsKey(hidden) || directories.contains(hidden)) {
                throw refuse(ContainerCheck.WHITEOUT, hidden, "a layer holds a path and its whiteout");
            }
        }
        for (EntryPath directory : directories) {
            if (entries.getOrDefault(directory, TarEntry.Kind.DIRECTORY) != TarEntry.Kind.DIRECTORY) {
                throw refuse(ContainerCheck.DUPLICATE_ENTRY, directory,
                        "a layer holds a path as a directory and as something else");
            }
        }
    }

    /** Whether this layer hides that path, if it is of that kind, in the layers below. */
    boolean hides(EntryPath path, TarEntry.Kind kind) {
        if (kind != TarEntry.Kind.DIRECTORY && directories.contains(path)) {
            return true;
        }
        for (EntryPath at = path; !at.parts().isEmpty(); at = at.parent()) {
            TarEntry.Kind here = entries.get(at);
            if (whiteouts.contains(at) || opaque.contains(at.parent())
                    || here != null && here != TarEntry.Kind.DIRECTORY) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing below this layer can be seen in {@code /disk}. */
    boolean hidesAllBelow() {
        return opaque.contains(ROOT) || opaque.contains(DISK) || whiteouts.contains(DISK);
    }

    private void addEntry(EntryPath path, TarEntry entry) throws ImageRefusedException {
        bound(path);
        TarEntry.Kind before = entries.put(path, entry.kind());
        if (before != null && (before != TarEntry.Kind.DIRECTORY || entry.kind() != TarEntry.Kind.DIRECTORY)) {
            throw refuse(ContainerCheck.DUPLICATE_ENTRY, path, "a layer holds a path twice");
        }
        if (entry.kind() == TarEntry.Kind.DIRECTORY) {
            directories.add(path);
        }
        for (EntryPath at = path.parent(); !at.parts().isEmpty(); at = at.parent()) {
            directories.add(at);
        }
    }

    private void addWhiteout(EntryPath path, TarEntry entry) throws ImageRefusedException {
        bound(path);
        String name = path.name();
        if (path.parent().parts().stream().anyMatch(part -> part.startsWith(MARK))) {
            throw refuse(ContainerCheck.WHITEOUT, path, "something is inside a whiteout");
        }
        if (entry.kind() != TarEntry.Kind.FILE && entry.kind() != TarEntry.Kind.HARDLINK || entry.size() != 0) {
            throw refuse(ContainerCheck.WHITEOUT, path, "a whiteout is not an empty file");
        }
        if (name.equals(OPAQUE)) {
            opaque.add(path.parent());
            directories.addAll(path.parent().parts().isEmpty() ? Set.of() : Set.of(path.parent()));
            return;
        }
        String hidden = name.substring(MARK.length());
        if (name.startsWith(AUFS) || hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw refuse(ContainerCheck.WHITEOUT, path, "a whiteout does not name a file");
        }
        whiteouts.add(path.parent().child(hidden));
    }

    private void bound(EntryPath path) throws ImageRefusedException {
        if (entries.size() + whiteouts.size() + opaque.size() + directories.size() >= MAX_PATHS) {
            throw refuse(ContainerCheck.LAYER_LIMIT, path, "more than " + MAX_PATHS + " paths below /disk/");
        }
    }

    private static ImageRefusedException refuse(ContainerCheck check, EntryPath path, String message) {
        return check.refuse(path.text(), message);
    }
}
