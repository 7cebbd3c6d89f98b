package io.datavolume.api.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who installed this product: what the labels of all that it makes say.
 *
 * @param partOf empty if not known
 * @param version empty if not known
 */
public record Installer(String partOf, String version) {

    /** Nobody, as without a cluster. */
    public static final Installer NONE = new Installer("", "");

    private static final String PART_OF_VARIABLE = "INSTALLER_PART_OF_LABEL";
    private static final String VERSION_VARIABLE = "INSTALLER_VERSION_LABEL";

    /** As the environment variables of a component say. */
    public static Installer from(Map<String, String> environment) {
        return new Installer(environment.getOrDefault(PART_OF_VARIABLE, ""),
                environment.getOrDefault(VERSION_VARIABLE, ""));
    }

    /**
     * The recommended labels.
     *
     * @param managedBy {@link Labels#MANAGED_BY_CONTROLLER} or the like
     */
    public Map<String, String> labels(String managedBy) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!partOf.isEmpty()) {
            labels.put(Labels.PART_OF, partOf);
        }
        if (!version.isEmpty()) {
            labels.put(Labels.VERSION, version);
        }
        labels.put(Labels.MANAGED_BY, managedBy);
        labels.put(Labels.KUBERNETES_COMPONENT, Labels.STORAGE);
        return labels;
    }
}
