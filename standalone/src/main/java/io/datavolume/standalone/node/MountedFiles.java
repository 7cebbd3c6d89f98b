package io.datavolume.standalone.node;

import io.datavolume.standalone.local.Folders;
import io.fabric8.kubernetes.api.model.KeyToPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets and config maps as files that only this user may read. */
final class MountedFiles {

    private static final int MAX_KEY = 253;
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

    private MountedFiles() {}

    /**
     * Writes a folder with one file per key, anew.
     *
     * @param items which keys, and under which names; empty for all
     * @throws NotReadyException when a key is missing or cannot be a name
     */
    static void write(Path folder, String volume, Map<String, byte[]> content, List<KeyToPath> items)
            throws NotReadyException, IOException {
        Folders.delete(folder);
        Folders.createPrivate(folder);
        if (items.isEmpty()) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                writeFile(folder, volume, entry.getKey(), entry.getValue());
            }
        }
        for (KeyToPath item : items) {
            byte[] value = content.get(item.getKey());
            if (value == null) {
                throw NotReadyException.mount(volume, "references non-existent key: " + item.getKey());
            }
            writeFile(folder, volume, item.getPath(), value);
        }
    }

    private static void writeFile(Path folder, String volume, String name, byte[] value)
            throws NotReadyException, IOException {
        if (name.length() > MAX_KEY || !KEY.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw NotReadyException.mount(volume, "'" + name + "' cannot be the name of a file");
        }
        Path file = folder.resolve(name);
        try (var out = Files.newByteChannel(file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), onlyThisUser(folder))) {
            out.write(ByteBuffer.wrap(value));
        } catch (FileSystemException e) {
            throw NotReadyException.mount(volume, String.valueOf(e.getMessage()));
        }
    }

    private static FileAttribute<?>[] onlyThisUser(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
