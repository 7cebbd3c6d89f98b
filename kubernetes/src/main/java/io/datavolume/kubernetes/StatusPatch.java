package io.datavolume.kubernetes;

import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a patch counts for status: the status and the preconditions. */
final class StatusPatch {

    private StatusPatch() {}

    static Map<String, @Nullable Object> of(Patch patch) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (patch.body().get("metadata") instanceof Map<?, ?> metadata) {
            Map<String, @Nullable Object> preconditions = new LinkedHashMap<>();
            for (String name : new String[]{"uid", "resourceVersion"}) {
                if (metadata.containsKey(name)) {
                    preconditions.put(name, metadata.get(name));
                }
            }
            body.put("metadata", preconditions);
        }
        if (patch.body().containsKey("status")) {
            body.put("status", patch.body().get("status"));
        }
        return body;
    }

    /** The UID that a patch presupposes, if that is all it presupposes. */
    static Optional<String> uidAlone(Patch patch) {
        return patch.body().get("metadata") instanceof Map<?, ?> metadata && metadata.get("uid") instanceof String uid
                && metadata.get("resourceVersion") == null ? Optional.of(uid) : Optional.empty();
    }

    /** The patch for an object of exactly this version. */
    static Map<String, @Nullable Object> of(Patch patch, HasMetadata object) {
        Map<String, @Nullable Object> body = of(patch);
        body.put("metadata", Map.of("uid", object.getMetadata().getUid(), "resourceVersion",
                object.getMetadata().getResourceVersion()));
        return body;
    }
}
