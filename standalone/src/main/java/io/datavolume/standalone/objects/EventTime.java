package io.datavolume.standalone.objects;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** When an event was seen last: writers say so in one of three fields. */
public final class EventTime {

    /** The newest last. */
    public static final Comparator<Event> ORDER = Comparator.comparing(event -> String.valueOf(of(event)));

    private EventTime() {}

    static @Nullable String of(Event event) {
        if (event.getLastTimestamp() != null) {
            return event.getLastTimestamp();
        }
        return event.getEventTime() == null
                ? event.getMetadata().getCreationTimestamp()
                : event.getEventTime().getTime();
    }
}
