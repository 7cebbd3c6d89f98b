package io.datavolume.api.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Tells what happened to objects, on behalf of one component. */
public final class EventRecorder {

    private final EventWriter writer;
    private final String component;

    EventRecorder(EventWriter writer, String component) {
        this.writer = writer;
        this.component = component;
    }

    /** A message as it will stand in an event: one that is too long is cut. */
    public static String bounded(String message) {
        return Occurrence.bounded(message);
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, String reason, String message) {
        record(about, Occurrence.NORMAL, reason, message);
    }

    /** Something is wrong. */
    public void warning(HasMetadata about, String reason, String message) {
        record(about, Occurrence.WARNING, reason, message);
    }

    /**
     * Tells of something, and returns at once.
     *
     * @param type {@code Normal} or {@code Warning}
     */
    public void record(HasMetadata about, String type, String reason, String message) {
        writer.add(Occurrence.of(component, about, type, reason, message));
    }
}
