package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster a command is about: the local one, or a real one. */
final class ClusterOptions {

    private static final String DEFAULT_NAMESPACE = "default";

    @Option(names = "--state", paramLabel = "DIR", description = "State folder of the local cluster. By default $XDG_STATE_HOME/cdi or ~/.local/state/cdi.")
    @Nullable
    Path state;

    @Option(names = "--storage-classes", paramLabel = "FILE", description = "Storage classes of the local cluster, as YAML.")
    @Nullable
    Path storageClasses;

    @Option(names = "--context", paramLabel = "NAME", description = "A real cluster: this context of the kubeconfig.")
    @Nullable
    String context;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "A real cluster: the current context of this file. By default $KUBECONFIG, if it is set.")
    @Nullable
    Path kubeconfig;

    @Option(names = {"-n", "--namespace"}, paramLabel = "NAME", description = "Namespace; the context's or 'default'.")
    @Nullable
    String namespace;

    /** Whether a real cluster is meant: one that is named, or the environment's where no state folder is named. */
    boolean isRemote() throws NeedsUserException {
        boolean named = context != null || kubeconfig != null;
        if (named && (state != null || storageClasses != null)) {
            throw Main.usage("--state and --storage-classes belong to the local cluster,"
                    + " --context and --kubeconfig to a real one: give one or the other");
        }
        return named || state == null && !System.getenv().getOrDefault("KUBECONFIG", "").isBlank();
    }

    /** @param otherwise what the cluster says where no option does */
    String namespace(Optional<String> otherwise) {
        return namespace == null ? otherwise.orElse(DEFAULT_NAMESPACE) : namespace;
    }

    Path stateFolder() {
        return state == null ? stateFolder(System.getenv()) : state;
    }

    static Path stateFolder(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder = Path.of(base);
        // By its specification a relative path is to be passed over.
        return (folder.isAbsolute() ? folder : Path.of(System.getProperty("user.home"), ".local", "state"))
                .resolve("cdi");
    }
}
