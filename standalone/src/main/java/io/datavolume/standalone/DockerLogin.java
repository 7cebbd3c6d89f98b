package io.datavolume.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where {@code podman login} and {@code docker login} leave registry credentials. */
final class DockerLogin {

    private DockerLogin() {}

    /** The first file that exists, for a source in a registry. */
    static Optional<Path> find(String source, Map<String, String> environment) {
        if (!source.startsWith("docker://")) {
            return Optional.empty();
        }
        return Stream.of(path(environment.get("REGISTRY_AUTH_FILE"), ""),
                path(environment.get("XDG_RUNTIME_DIR"), "containers/auth.json"),
                path(environment.get("DOCKER_CONFIG"), "config.json"),
                path(environment.get("HOME"), ".docker/config.json")).flatMap(Optional::stream)
                .filter(Files::isReadable).findFirst();
    }

    private static Optional<Path> path(@Nullable String folder, String file) {
        return folder == null || folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder).resolve(file));
    }
}
