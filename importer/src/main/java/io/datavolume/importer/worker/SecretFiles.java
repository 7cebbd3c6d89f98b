package io.datavolume.importer.worker;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the secrets that a spec names by the paths of mounted files. */
public final class SecretFiles {

    private static final long MAX_BYTES = 64 << 10;

    private SecretFiles() {}

    /** @throws IOException when a named file cannot be read or is larger than 64 KiB */
    public static Secrets read(TransferSpec.SourceSpec source) throws IOException {
        List<String> headers = new ArrayList<>(source.headers());
        for (String file : source.headerFiles()) {
            headers.add(content(file));
        }
        return new Secrets(optional(source.userFile()), optional(source.passwordFile()), List.copyOf(headers));
    }

    private static Optional<String> optional(Optional<String> file) throws IOException {
        return file.isPresent() ? Optional.of(content(file.get())) : Optional.empty();
    }

    /** Without the line end that editors and {@code echo} leave behind. */
    private static String content(String file) throws IOException {
        Path path = Path.of(file);
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        return Files.readString(path).stripTrailing();
    }
}
