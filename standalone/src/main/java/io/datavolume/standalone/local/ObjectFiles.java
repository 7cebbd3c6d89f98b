package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** One file per object. Names were checked when the objects were made, so that none leads out of its folder. */
final class ObjectFiles {

    private static final String SUFFIX = ".json";
    /** Folder of objects without namespace; no namespace has such a name. */
    private static final String CLUSTER = "_cluster";
    /** What filesystems allow, less the suffix. */
    private static final int MAX_NAME = 250;
    private static final int KEPT = 200;
    private static final int DIGEST_BYTES = 16;

    private final StateFolder state;

    ObjectFiles(StateFolder state) {
        this.state = state;
    }

    Path path(Ref ref) {
        Key key = ref.key();
        String name = key.name();
        if (name.length() > MAX_NAME) {
            name = name.substring(0, KEPT) + "~" + digest(name);
        }
        String namespace = key.namespace().isEmpty() ? CLUSTER : key.namespace();
        return state.objects().resolve(namespace).resolve(ref.resource()).resolve(name + SUFFIX);
    }

    /** The folder's name is to be made durable by the caller. */
    void write(Ref ref, ObjectNode object) throws IOException {
        AtomicFile.write(state.temporary(), path(ref), Json.indented(object));
    }

    void delete(Ref ref) throws IOException {
        Files.deleteIfExists(path(ref));
    }

    /** @throws IOException that names the file when one is not what was written */
    void readAll(Consumer<Stored> objects) throws IOException {
        for (Path namespace : children(state.objects(), Files::isDirectory)) {
            for (Path resource : children(namespace, Files::isDirectory)) {
                for (Path file : children(resource, path -> path.toString().endsWith(SUFFIX))) {
                    read(resource.getFileName().toString(), file).ifPresent(objects);
                }
            }
        }
    }

    private Optional<Stored> read(String resource, Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > 2 * Json.MAX_BYTES) {
                throw damaged(file, "it is larger than any object", null);
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // a view reads while another process deletes
        }
        Stored object;
        try {
            object = Stored.of(resource, Json.parse(bytes));
        } catch (JacksonException e) {
            throw damaged(file, "it is no JSON object: " + e.getOriginalMessage(), e);
        }
        if (!path(object.ref()).equals(file)) {
            throw damaged(file, "it holds the object " + object.ref(), null);
        }
        return Optional.of(object);
    }

    /** Left out, it would count as deleted, and what it owns would be deleted after it. */
    private static IOException damaged(Path file, String why, @Nullable Exception cause) {
        return new IOException("Tried to read the object in " + file + " but " + why
                + ": mend the file, or remove it if the object and all that it owns may go", cause);
    }

    private static List<Path> children(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(wanted).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
