package io.datavolume.standalone;

import io.datavolume.image.Format;
import io.datavolume.importer.TransferSpec.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a source is reached and read. */
final class SourceOptions {

    private static final int MAX_CONNECTIONS = 64;

    @Option(names = "--format", paramLabel = "FORMAT", converter = Choice.Formats.class, completionCandidates = Choice.Formats.class, description = "Format of the image: ${COMPLETION-CANDIDATES}. By default the content decides.")
    @Nullable
    Format format;

    @Option(names = "--user", paramLabel = "NAME[:PASSWORD]", description = "User at the source. A password that is not given is taken from --password-file or the"
            + " environment variable CDI_PASSWORD, or asked for. Others on this machine can see a command"
            + " line.")
    @Nullable
    String user;

    @Option(names = "--user-file", paramLabel = "FILE", description = "File that holds the user name.")
    @Nullable
    Path userFile;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File that holds the password.")
    @Nullable
    Path passwordFile;

    @Option(names = "--header", paramLabel = "'NAME: VALUE'", description = "HTTP header to send; may be repeated.")
    List<String> headers = new ArrayList<>();

    @Option(names = "--header-file", paramLabel = "FILE", description = "File that holds one HTTP header to send; may be repeated.")
    List<Path> headerFiles = new ArrayList<>();

    @Option(names = "--ca", paramLabel = "FILE|DIR", description = "PEM certificates to trust besides the system's; may be repeated.")
    List<Path> certificates = new ArrayList<>();

    @Option(names = "--insecure", description = "Do not verify certificates; speak plain HTTP to a registry that knows nothing else.")
    boolean insecure;

    @Option(names = "--platform", paramLabel = "OS/ARCH[/VARIANT]", description = "Which image of a multi-platform index: linux/arm64, or arm64.")
    @Nullable
    String platform;

    @Option(names = "--docker-config", paramLabel = "FILE", description = "Registry credentials as docker login or podman login leave them. By default those of this"
            + " user are taken, if there are any.")
    @Nullable
    Path dockerConfig;

    @Option(names = "--connections", paramLabel = "N", description = "HTTP connections at most, 1 to 64. Default: 4.")
    int connections = 4;

    @Option(names = "--stall-timeout", paramLabel = "TIME", converter = SecondsConverter.class, description = "Cut and resume a connection after this long without a byte. Default: 60s.")
    Seconds stallTimeout = new Seconds(60);

    @Option(names = "--retry-timeout", paramLabel = "TIME", converter = SecondsConverter.class, description = "Give up after this long without progress. Default: 5m.")
    Seconds retryTimeout = new Seconds(300);

    /** @throws io.datavolume.image.failure.NeedsUserException when the options contradict each other */
    SourceSpec spec(String source) throws io.datavolume.image.failure.NeedsUserException {
        SourceLocation.check(source);
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw Main.usage("--connections must be 1 to " + MAX_CONNECTIONS + ", not " + connections);
        }
        if (user != null && userFile != null) {
            throw Main.usage("--user and --user-file exclude each other: give one of them");
        }
        for (Path certificate : certificates) {
            if (!certificate.toFile().canRead()) {
                throw Main.usage("--ca " + certificate + " does not exist or cannot be read");
            }
        }
        Optional<Path> docker = dockerConfig == null && user == null && userFile == null
                ? DockerLogin.find(source, System.getenv())
                : Optional.ofNullable(dockerConfig);
        return new SourceSpec(source, Optional.ofNullable(format).map(Format::id), text(userFile), text(passwordFile),
                List.copyOf(headers), headerFiles.stream().map(Path::toString).toList(),
                certificates.stream().map(Path::toString).toList(), insecure, Optional.ofNullable(platform),
                docker.map(Path::toString), connections, stallTimeout.value(), retryTimeout.value(), List.of());
    }

    private static Optional<String> text(@Nullable Path path) {
        return Optional.ofNullable(path).map(Path::toString);
    }
}
