package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON merge patch (RFC 7396): what it does not name stays as it is, so that no other writer's field is undone. Lists
 * are replaced whole; a patch that holds one is to be made {@link #unchanged}.
 *
 * @param body names to values; null removes; values are what Jackson can write
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public record Patch(Map<String, @Nullable Object> body) {

    /** A patch that is refused as a {@link ClusterException.Conflict} if the name now belongs to another object. */
    public static Builder of(HasMetadata current) {
        return of(current.getMetadata().getUid());
    }

    /** The same, of an object of which only the UID is known. */
    public static Builder of(String uid) {
        return new Builder().set(uid, "metadata", "uid");
    }

    /** A patch that is refused as a {@link ClusterException.Conflict} if the object has changed since it was read. */
    public static Builder unchanged(HasMetadata current) {
        return of(current).set(current.getMetadata().getResourceVersion(), "metadata", "resourceVersion");
    }

    /** Collects changes. */
    public static final class Builder {

        private final Map<String, @Nullable Object> body = new LinkedHashMap<>();
        private boolean changes;

        private Builder() {}

        /** Sets an annotation; null removes it. */
        public Builder annotation(String key, @Nullable String value) {
            changes = true;
            return set(value, "metadata", "annotations", key);
        }

        /** Sets a label; null removes it. */
        public Builder label(String key, @Nullable String value) {
            changes = true;
            return set(value, "metadata", "labels", key);
        }

        /** Sets a field of {@code spec}, {@code status} or {@code metadata}; null removes it. */
        public Builder field(@Nullable Object value, String... path) {
            changes = true;
            return set(value, path);
        }

        /**
         * Makes one value of another: says what differs, removes what is no longer there, and nothing if they are alike.
         * For what is ours alone: what others wrote there meanwhile is kept only where the values do not differ.
         *
         * @param before as it is; null if it is not there
         */
        public Builder difference(@Nullable Object before, Object after, String... path) {
            Map<String, @Nullable Object> difference = Difference.between(before, after);
            return difference.isEmpty() ? this : field(difference, path);
        }

        /** Whether the patch would change nothing: then it need not be sent. */
        public boolean isEmpty() {
            return !changes;
        }

        public Patch build() {
            return new Patch(Collections.unmodifiableMap(body));
        }

        @SuppressWarnings("unchecked") // every inner map was made here
        private Builder set(@Nullable Object value, String... path) {
            Map<String, @Nullable Object> at = body;
            for (int i = 0; i < path.length - 1; i++) {
                at = (Map<String, @Nullable Object>) at.computeIfAbsent(path[i], k -> new LinkedHashMap<>());
            }
            at.put(path[path.length - 1], value);
            return this;
        }
    }
}
