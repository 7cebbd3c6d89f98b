package io.datavolume.controller.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a process of the control plane is to run, from the environment and the arguments of its container.
 *
 * @param namespace of the installation; empty for the one of the service account
 * @param identity unlike any other candidate's for the lease
 * @param verbosity of the log: 0 to 2 tell what happens, 3 and more also why
 * @param kubeconfig file with the cluster to talk to; empty for {@code KUBECONFIG}, or the pod's service account
 * @param server address of the API server, where the file's does not count
 * @param metricsPort TCP port of {@code /metrics}, by HTTPS
 * @param healthPort TCP port of {@code /healthz} and {@code /readyz}, by HTTP
 * @param readyFile is there while the process is ready
 */
public record ProcessSettings(Optional<String> namespace, String identity,
        int verbosity, Optional<Path> kubeconfig, Optional<String> server, int metricsPort, int healthPort,
        Path readyFile) {

    private static final int MOST_PORT = 65535;

    /**
     * @param name of the process, where its host has none
     * @param unique makes the identity one of its own, also where several processes run on one host
     * @throws IllegalArgumentException naming what is missing or wrong, and what it may be
     */
    public static ProcessSettings of(Map<String, String> environment, List<String> arguments, String name,
            String unique) {
        Map<String, String> flags = Flags.parse(arguments, List.of("v", "server", "kubeconfig"));
        return new ProcessSettings(given(environment, "POD_NAMESPACE"),
                given(environment, "HOSTNAME").orElse(name) + "_" + unique,
                number("-v", Optional.ofNullable(flags.get("v")).or(() -> given(environment, "VERBOSITY")), 1, 9),
                Optional.ofNullable(flags.get("kubeconfig")).filter(f -> !f.isEmpty()).map(Path::of),
                Optional.ofNullable(flags.get("server")).filter(s -> !s.isEmpty()),
                number("METRICS_PORT", given(environment, "METRICS_PORT"), 8443, MOST_PORT),
                number("HEALTH_PORT", given(environment, "HEALTH_PORT"), 8444, MOST_PORT),
                Path.of(given(environment, "READY_FILE").orElse("/tmp/ready")));
    }

    /** Level of the log, as the logging library names it. */
    public String logLevel() {
        return verbosity >= 3 ? "DEBUG" : "INFO";
    }

    /** A variable that has a value. */
    public static Optional<String> given(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private static int number(String name, Optional<String> text, int otherwise, int most) {
        if (text.isEmpty()) {
            return otherwise;
        }
        int value = text.get().matches("\\d{1,5}") ? Integer.parseInt(text.get()) : -1;
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    name + " is '" + text.get() + "', which is no number from 0 to " + most);
        }
        return value;
    }

    /** Options as Go programs take them: one dash or two, the value after {@code =} or as the next argument. */
    private static final class Flags {

        private Flags() {}

        static Map<String, String> parse(List<String> arguments, List<String> known) {
            Map<String, String> flags = new LinkedHashMap<>();
            List<String> left = new ArrayList<>(arguments);
            while (!left.isEmpty()) {
                String argument = left.removeFirst();
                String[] parts = argument.replaceFirst("^--?", "").split("=", 2);
                if (!argument.startsWith("-") || !known.contains(parts[0])) {
                    throw new IllegalArgumentException("'" + argument + "' is no option; there are -v=NUMBER, "
                            + "-server=URL and -kubeconfig=FILE");
                }
                if (parts.length == 1 && left.isEmpty()) {
                    throw new IllegalArgumentException("the option '" + argument + "' lacks its value");
                }
                flags.put(parts[0], parts.length == 2 ? parts[1] : left.removeFirst());
            }
            return flags;
        }
    }
}
