package io.datavolume.importer.worker;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the secrets that a spec names by the paths of mounted files. */
public final class SecretFiles {

    private static final long MAX_BYTES = 64 << 10;

    private SecretFiles() {}

    /** @throws IOException when a named file cannot be read or is larger than 64 KiB */
    public static Secrets read(TransferSpec.SourceSpec source) throws IOException {
        List<String> headers = new ArrayList<>(source.headers());
        for (String named : source.headerFiles()) {
            for (Path file : files(Path.of(named))) {
                headers.add(content(file));
            }
        }
        return new Secrets(optional(source.userFile()), optional(source.passwordFile()), List.copyOf(headers));
    }

    /** A mounted secret is a folder with a file for each key, and hidden names that lead to them. */
    private static List<Path> files(Path named) throws IOException {
        if (!Files.isDirectory(named)) {
            return List.of(named);
        }
        try (Stream<Path> files = Files.list(named)) {
            return files
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith(".") && Files.isRegularFile(file))
                    .sorted().toList();
        }
    }

    /** An empty file is as none: secrets are often made with all their keys. */
    private static Optional<String> optional(Optional<String> file) throws IOException {
        return file.isPresent()
                ? Optional.of(content(Path.of(file.get()))).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** Without the line end that editors and {@code echo} leave behind. */
    private static String content(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        return Files.readString(file).stripTrailing();
    }
}
