package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The merged view of {@code /disk}, made from the uppermost layer down. One regular file may be visible there and
 * nothing else.
 */
final class MergedDisk {

    private static final String CANNOT_LOCATE = "Cannot locate image file: ";

    private final List<LayerView> above = new ArrayList<>();
    private LayerView current = new LayerView();
    private Optional<EntryPath> disk = Optional.empty();

    /**
     * Takes the next entry of the current layer.
     *
     * @return whether this is the disk
     * @throws ImageRefusedException if something is visible that may not be
     */
    boolean add(TarEntry entry) throws ImageRefusedException {
        EntryPath path = EntryPath.parse(entry.name());
        if (!current.add(path, entry) || above.stream().anyMatch(layer -> layer.hides(path, entry.kind()))) {
            return false;
        }
        return path.equals(LayerView.DISK) ? visibleRoot(entry) : visible(path, entry);
    }

    /** Ends the current layer; the next entry is of the layer below. */
    void endLayer() throws ImageRefusedException {
        current.complete();
        above.add(current);
        current = new LayerView();
    }

    /** Whether no lower layer can change what is visible. */
    boolean isComplete() {
        return above.stream().anyMatch(LayerView::hidesAllBelow);
    }

    /** To be called after the lowest layer that matters. */
    void demandDisk() throws ImageRefusedException {
        if (disk.isEmpty()) {
            throw ContainerCheck.DISK_FILE.refuse("/disk/", "Failed to find VM disk image file in the container image;"
                    + " the image must hold one file, below /disk/");
        }
    }

    private static boolean visibleRoot(TarEntry entry) throws ImageRefusedException {
        if (entry.kind() != TarEntry.Kind.DIRECTORY) {
            throw refuse(entry, "image directory does not exist, /disk is a " + entry.kind().people());
        }
        return false;
    }

    private boolean visible(EntryPath path, TarEntry entry) throws ImageRefusedException {
        if (path.parts().size() > 2 || entry.kind() == TarEntry.Kind.DIRECTORY) {
            throw refuse(entry, "image directory contains another directory");
        }
        if (entry.kind() != TarEntry.Kind.FILE) {
            throw refuse(entry, "the file in the image directory is a " + entry.kind().people()
                    + " and not a regular file");
        }
        if (disk.isPresent()) {
            throw refuse(entry, "image directory contains more than one file");
        }
        disk = Optional.of(path);
        return true;
    }

    private static ImageRefusedException refuse(TarEntry entry, String message) {
        return ContainerCheck.DISK_FILE.refuse(entry.name(), CANNOT_LOCATE + message
                + "; the image must hold one file, below /disk/");
    }
}
