package io.datavolume.controller.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment and the arguments of the container come to. */
class ProcessSettingsTest {

    private static final Map<String, String> LEAST = Map.of("IMPORTER_IMAGE", "example.org/importer:1");

    private static ProcessSettings of(Map<String, String> more, String... arguments) {
        return ProcessSettings.of(more, List.of(arguments), "cdi-controller", "x");
    }

    private static ControllerSettings controller(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.putAll(more);
        return ControllerSettings.of(environment);
    }

    @Test
    void theImageOfWorkersIsEnough() {
        ProcessSettings settings = of(Map.of());
        ControllerSettings controller = controller(Map.of());
        assertEquals("example.org/importer:1", controller.image().name());
        assertEquals("IfNotPresent", controller.image().pullPolicy());
        assertEquals(List.of("169.254.0.0/16", "fe80::/10"), controller.image().denied());
        assertEquals(Optional.empty(), settings.namespace());
        assertEquals(8443, settings.metricsPort());
        assertEquals(8444, settings.healthPort());
        assertEquals(Path.of("/tmp/ready"), settings.readyFile());
        assertEquals("INFO", settings.logLevel());
        assertEquals("cdi-controller_x", settings.identity());
    }

    @Test
    void everythingIsTakenFromTheEnvironmentOfTheDeployment() {
        ProcessSettings settings = of(Map.of("POD_NAMESPACE", "cdi", "VERBOSITY", "3", "HOSTNAME", "pod-1",
                "READY_FILE", "/run/ready"));
        ControllerSettings controller = controller(Map.of("PULL_POLICY", "Always", "IMPORT_DENIED_ADDRESSES",
                "169.254.0.0/16, fd00::/8", "INSTALLER_PART_OF_LABEL", "virtualization", "INSTALLER_VERSION_LABEL",
                "v1"));
        assertEquals("Always", controller.image().pullPolicy());
        assertEquals(Optional.of("cdi"), settings.namespace());
        assertEquals("DEBUG", settings.logLevel());
        assertEquals("virtualization", controller.installer().partOf());
        assertEquals("v1", controller.installer().version());
        assertEquals("pod-1_x", settings.identity());
        assertEquals(List.of("169.254.0.0/16", "fd00::/8"), controller.image().denied());
        assertEquals(List.of(), controller(Map.of("IMPORT_DENIED_ADDRESSES", "none")).image().denied());
        assertEquals(Path.of("/run/ready"), settings.readyFile());
    }

    @Test
    void optionsAreTakenAsTheDeploymentWritesThem() {
        ProcessSettings settings = of(Map.of("VERBOSITY", "1"), "-v=5", "-server", "https://127.0.0.1:6443",
                "--kubeconfig=/etc/kubeconfig");
        assertEquals(5, settings.verbosity());
        assertEquals(Optional.of("https://127.0.0.1:6443"), settings.server());
        assertEquals(Optional.of(Path.of("/etc/kubeconfig")), settings.kubeconfig());
    }

    @ParameterizedTest
    @CsvSource({"PULL_POLICY,Sometimes,which is none of Always",
        "IMPORT_DENIED_ADDRESSES,nowhere,is not an address range",
        "METRICS_PORT,99999,which is no number from 0 to 65535", "VERBOSITY,loud,which is no number from 0 to 9"})
    void whatIsWrongIsNamed(String variable, String value, String expected) {
        var refused = assertThrows(IllegalArgumentException.class, () -> {
            of(Map.of(variable, value));
            controller(Map.of(variable, value));
        });
        assertEquals(true,
                String.valueOf(refused.getMessage()).contains(expected)
                        && String.valueOf(refused.getMessage()).contains(value),
                refused.getMessage());
    }

    @Test
    void withoutTheImageOfWorkersItDoesNotStart() {
        var refused = assertThrows(IllegalArgumentException.class,
                () -> ControllerSettings.of(Map.of()));
        assertEquals("the environment variable IMPORTER_IMAGE is missing: set it to the container image of workers",
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-x=1,is no option", "up,is no option", "-v,lacks its value"})
    void optionsThatAreNoneAreRefused(String argument, String expected) {
        var refused = assertThrows(IllegalArgumentException.class, () -> of(Map.of(), argument));
        assertEquals(true, String.valueOf(refused.getMessage()).contains("'" + argument + "' " + expected),
                refused.getMessage());
    }
}
