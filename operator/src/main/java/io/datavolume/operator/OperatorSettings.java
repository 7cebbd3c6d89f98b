package io.datavolume.operator;

import static io.datavolume.controller.process.ProcessSettings.given;

import io.datavolume.api.wire.Installer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment that bundles of the Operator Lifecycle Manager, HyperConverged and the chart set: the contract of
 * {@code cdi-operator}.
 *
 * @param namespace of the installation
 * @param clusterResources whether definitions and cluster roles are made here; where not, somebody else has
 * @param version of this operator
 * @param images of the components
 * @param verbosity of the components' logs, unless the CDI resource says otherwise
 * @param pullPolicy of the components' images, unless the CDI resource says otherwise
 * @param denied addresses that workers must not reach, as {@code IMPORT_DENIED_ADDRESSES} of the controller
 */
public record OperatorSettings(String namespace, boolean clusterResources, String version, Images images,
        String verbosity, String pullPolicy, Optional<String> denied, Installer installer) {

    /**
     * Container images of the components; in this product usually one.
     *
     * @param uploadServer image of upload server pods
     */
    public record Images(String controller, String importer, String cloner, String apiServer, String uploadServer,
            String uploadProxy) {

        /** The same for all. */
        public static Images all(String image) {
            return new Images(image, image, image, image, image, image);
        }
    }

    /** @throws IllegalArgumentException naming all variables that are missing */
    public static OperatorSettings of(Map<String, String> environment, String namespace) {
        List<String> missing = new ArrayList<>();
        Images images = new Images(needed(environment, "CONTROLLER_IMAGE", missing),
                needed(environment, "IMPORTER_IMAGE", missing), needed(environment, "CLONER_IMAGE", missing),
                needed(environment, "APISERVER_IMAGE", missing), needed(environment, "UPLOAD_SERVER_IMAGE", missing),
                needed(environment, "UPLOAD_PROXY_IMAGE", missing));
        String version = needed(environment, "OPERATOR_VERSION", missing);
        String verbosity = needed(environment, "VERBOSITY", missing);
        String pullPolicy = needed(environment, "PULL_POLICY", missing);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the environment of the operator lacks " + String.join(", ", missing)
                    + "; its deployment sets them, see docs/installation.md");
        }
        return new OperatorSettings(namespace,
                !"false".equalsIgnoreCase(environment.getOrDefault("DEPLOY_CLUSTER_RESOURCES", "true")), version,
                images, verbosity, pullPolicy, given(environment, "IMPORT_DENIED_ADDRESSES"),
                Installer.from(environment));
    }

    private static String needed(Map<String, String> environment, String variable, List<String> missing) {
        Optional<String> value = given(environment, variable);
        if (value.isEmpty()) {
            missing.add(variable);
        }
        return value.orElse("");
    }
}
