package io.datavolume.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes from an object of the stream what nobody here asks for, before it is kept. */
final class Slim {

    private Slim() {}

    /** Who manages which field is up to half of an object; of events there are ten for each DataVolume, for an hour. */
    static void down(HasMetadata object) {
        object.getMetadata().setManagedFields(null);
        if (object instanceof Event event) {
            down(event);
        }
    }

    /** What is left: what it is about, type, reason, message, times. The words of which there are few become one each. */
    private static void down(Event event) {
        event.setSource(null);
        event.setReportingComponent(null);
        event.setReportingInstance(null);
        event.setType(one(event.getType()));
        event.setReason(one(event.getReason()));
        event.setAdditionalProperties(Map.of());
        ObjectMeta meta = event.getMetadata();
        meta.setNamespace(one(meta.getNamespace()));
        meta.setLabels(null);
        meta.setAnnotations(null);
        meta.setAdditionalProperties(Map.of());
        ObjectReference about = event.getInvolvedObject();
        if (about != null) {
            about.setApiVersion(one(about.getApiVersion()));
            about.setKind(one(about.getKind()));
            about.setNamespace(one(about.getNamespace()));
            about.setResourceVersion(null);
            about.setAdditionalProperties(Map.of());
        }
    }

    private static @Nullable String one(@Nullable String word) {
        return word == null ? null : word.intern();
    }
}
