package io.datavolume.api.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is the same when the same thing happens again. */
record Occurrence(String component, About about, String type, String reason, String message) {

    static final String NORMAL = "Normal";
    static final String WARNING = "Warning";

    /** Characters of a message; more is cut, as the API has a limit of its own for newer clients. */
    static final int MAX_MESSAGE = 1024;

    static Occurrence of(String component, HasMetadata about, String type, String reason, String message) {
        return new Occurrence(component, About.of(about), type, reason, bounded(message));
    }

    static String bounded(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }

    /** The object that an event is about, without its version: that does not make an event another one. */
    record About(String apiVersion, String kind, String namespace, String name, String uid) {

        static About of(HasMetadata object) {
            return new About(text(object.getApiVersion()), text(object.getKind()),
                    text(object.getMetadata().getNamespace()), text(object.getMetadata().getName()),
                    text(object.getMetadata().getUid()));
        }

        ObjectReference reference() {
            ObjectReferenceBuilder reference = new ObjectReferenceBuilder().withApiVersion(apiVersion).withKind(kind)
                    .withName(name).withUid(uid);
            return namespace.isEmpty() ? reference.build() : reference.withNamespace(namespace).build();
        }

        private static String text(@Nullable String text) {
            return Objects.requireNonNullElse(text, "");
        }
    }
}
