package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kinds;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods: the defaults of the API server; ended by their node before they go. */
final class PodAdmission implements Admission {

    private static final int GRACE_SECONDS = 30;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    @Override
    public void create(ObjectNode pod, Defaults defaults) {
        ObjectNode spec = Json.child(pod, "spec");
        String name = Json.text(pod, "metadata", "name");
        if (spec.path("containers").isEmpty()) {
            throw Names.invalid(Kinds.POD, name, "spec.containers: Required value");
        }
        requireLabels(name, "spec.containers", spec.path("containers"));
        requireLabels(name, "spec.initContainers", spec.path("initContainers"));
        requireLabels(name, "spec.volumes", spec.path("volumes"));
        if (!spec.has("restartPolicy")) {
            spec.put("restartPolicy", "Always");
        }
        if (!spec.has("terminationGracePeriodSeconds")) {
            spec.put("terminationGracePeriodSeconds", GRACE_SECONDS);
        }
        for (JsonNode container : spec.path("containers")) {
            if (container instanceof ObjectNode object) {
                complete(object);
            }
        }
        pod.putObject("status").put("phase", "Pending");
    }

    /** They become names of files. */
    private static void requireLabels(String pod, String field, JsonNode items) {
        for (JsonNode item : items) {
            String name = Json.text(item, "name");
            if (!Names.isLabel(name)) {
                throw Names.invalid(Kinds.POD, pod, field + ".name: Invalid value: \"" + name
                        + "\": a lowercase RFC 1123 label is needed");
            }
        }
    }

    private static void complete(ObjectNode container) {
        if (!container.has("terminationMessagePath")) {
            container.put("terminationMessagePath", "/dev/termination-log");
        }
        if (!container.has("terminationMessagePolicy")) {
            container.put("terminationMessagePolicy", "File");
        }
    }

    @Override
    public long graceSeconds(ObjectNode pod) {
        boolean running = !Json.text(pod, "spec", "nodeName").isEmpty()
                && !ENDED.contains(Json.text(pod, "status", "phase"));
        return running ? pod.path("spec").path("terminationGracePeriodSeconds").asLong(GRACE_SECONDS) : 0;
    }
}
