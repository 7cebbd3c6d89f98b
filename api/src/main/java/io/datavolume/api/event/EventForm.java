package io.datavolume.api.event;

import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How an occurrence looks as an event of the core API. */
final class EventForm {

    private static final int MAX_NAME = 253;
    private static final String DEFAULT_NAMESPACE = "default";

    private EventForm() {}

    /**
     * An event that tells of something for the first time.
     *
     * @param number makes the name unique within the object
     */
    static Event first(Occurrence occurrence, Instant now, long number) {
        Occurrence.About about = occurrence.about();
        String time = time(now);
        String namespace = about.namespace().isEmpty() ? DEFAULT_NAMESPACE : about.namespace();
        return new EventBuilder().withNewMetadata().withNamespace(namespace).withName(name(about.name(), number))
                .endMetadata().withInvolvedObject(about.reference()).withType(occurrence.type())
                .withReason(occurrence.reason()).withMessage(occurrence.message()).withNewSource()
                .withComponent(occurrence.component()).endSource().withReportingComponent(occurrence.component())
                .withReportingInstance("").withFirstTimestamp(time).withLastTimestamp(time).withCount(1).build();
    }

    /** Tells that it happened again, as long as it is that event which has the name. */
    static Patch again(String uid, int count, Instant now) {
        return Patch.of(uid).field(count, "count").field(time(now), "lastTimestamp").build();
    }

    private static String name(String object, long number) {
        String suffix = "." + Long.toHexString(number);
        int room = MAX_NAME - suffix.length();
        return (object.length() <= room ? object : object.substring(0, room)) + suffix;
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
