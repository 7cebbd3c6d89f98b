package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.validation.Violation;
import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what applying a manifest does. */
public final class ApplyPlanner {

    /** Where {@code kubectl apply} keeps what it applied last, so that both can be used on one object. */
    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final String METADATA = "metadata";
    private static final String ANNOTATIONS = "annotations";

    private ApplyPlanner() {}

    /** What is to be done. */
    public sealed interface Step {

        /** @param object to create */
        record Create(HasMetadata object) implements Step {}

        /** @param body of a merge patch */
        record Change(Map<String, @Nullable Object> body) implements Step {}

        /** All is as it was written. */
        record Unchanged() implements Step {}

        /** It cannot be. */
        record Refused(Violation why) implements Step {}
    }

    /** @param present the object of that name, if there is one */
    public static Step plan(Manifest manifest, Optional<? extends HasMetadata> present) {
        if (present.isEmpty()) {
            return new Step.Create(
                    Serialization.OF_OBJECTS.convertValue(remembering(manifest), manifest.kind().type()));
        }
        HasMetadata there = present.get();
        if (there.getMetadata().getDeletionTimestamp() != null) {
            return new Step.Refused(new Violation("metadata.name", "the object of that name is being deleted: try again"
                    + " when it is gone"));
        }
        Map<String, @Nullable Object> patch = ThreeWay.patch(earlier(there), manifest.tree(),
                Serialization.tree(there));
        if (patch.isEmpty()) {
            return new Step.Unchanged();
        }
        if (manifest.kind() == Kinds.DATA_VOLUME && patch.containsKey("spec")) {
            return new Step.Refused(new Violation(changed("spec", patch.get("spec")), "Cannot update DataVolume Spec"));
        }
        Map<String, @Nullable Object> body = ThreeWay.patch(earlier(there), remembering(manifest),
                Serialization.tree(there));
        // Refused where the name belongs to another object by now.
        inner(body, METADATA).put("uid", there.getMetadata().getUid());
        return new Step.Change(body);
    }

    /** The manifest with itself as an annotation; a secret's would show its content. */
    private static Map<String, Object> remembering(Manifest manifest) {
        if (manifest.kind() == Kinds.SECRET) {
            return manifest.tree();
        }
        Map<String, Object> tree = new LinkedHashMap<>(manifest.tree());
        Map<String, Object> metadata = new LinkedHashMap<>(map(tree.get(METADATA)));
        Map<String, Object> annotations = new LinkedHashMap<>(map(metadata.get(ANNOTATIONS)));
        annotations.put(LAST_APPLIED, Serialization.OF_OBJECTS.asJson(manifest.tree()));
        metadata.put(ANNOTATIONS, annotations);
        tree.put(METADATA, metadata);
        return tree;
    }

    private static Map<?, ?> earlier(HasMetadata there) {
        try {
            return Annotations.of(there, LAST_APPLIED)
                    .<Map<?, ?>>map(json -> Serialization.OF_OBJECTS.unmarshal(json, Map.class))
                    .orElse(Map.of());
        } catch (RuntimeException e) {
            // Anybody may have written there.
            return Map.of();
        }
    }

    /** The first field that would change. */
    private static String changed(String path, @Nullable Object patch) {
        return patch instanceof Map<?, ?> map && !map.isEmpty()
                ? map.entrySet().stream().findFirst().map(e -> changed(path + "." + e.getKey(), e.getValue()))
                        .orElse(path)
                : path;
    }

    @SuppressWarnings("unchecked") // JSON objects are maps of strings
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked") // made by ThreeWay
    private static Map<String, @Nullable Object> inner(Map<String, @Nullable Object> body, String field) {
        return (Map<String, @Nullable Object>) Objects
                .requireNonNull(body.computeIfAbsent(field, missing -> new LinkedHashMap<String, @Nullable Object>()));
    }
}
