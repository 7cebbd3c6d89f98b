package io.datavolume.controller.process;

import static io.datavolume.controller.process.ProcessSettings.given;

import io.datavolume.api.wire.Installer;
import io.datavolume.controller.WorkerImage;
import io.datavolume.importer.http.AddressPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the controller is to make, from the environment that {@code cdi-deployment} has. */
record ControllerSettings(WorkerImage image, Installer installer) {

    private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");

    /** @throws IllegalArgumentException naming what is missing or wrong, and what it may be */
    static ControllerSettings of(Map<String, String> environment) {
        String image = given(environment, "IMPORTER_IMAGE").orElseThrow(() -> new IllegalArgumentException(
                "the environment variable IMPORTER_IMAGE is missing: set it to the container image of workers"));
        String policy = given(environment, "PULL_POLICY").orElse("IfNotPresent");
        if (!PULL_POLICIES.contains(policy)) {
            throw new IllegalArgumentException("the environment variable PULL_POLICY is '" + policy
                    + "', which is none of Always, IfNotPresent, Never");
        }
        List<String> denied = given(environment, "IMPORT_DENIED_ADDRESSES").map(ControllerSettings::ranges)
                .orElse(WorkerImage.LINK_LOCAL);
        try {
            AddressPolicy.denying(denied);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the environment variable IMPORT_DENIED_ADDRESSES: " + e.getMessage(),
                    e);
        }
        return new ControllerSettings(new WorkerImage(image, policy, denied), Installer.from(environment));
    }

    private static List<String> ranges(String text) {
        return text.strip().equals("none") ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
    }
}
