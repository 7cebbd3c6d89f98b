package io.datavolume.controller.events;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.Reasons;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the events of a claim mean for those who wait for it. */
public final class ClaimEvents {

    /** Events by the UID of the object that they are about. */
    public static final Index<Event> BY_OBJECT = new Index<>("about",
            event -> uid(event).stream().toList());

    /** The cluster's word for a prime claim whose volume was handed on, which is as it should be. */
    private static final String MISBOUND = "ClaimMisbound";
    private static final Comparator<Event> AGE = Comparator.comparing(ClaimEvents::time)
            .thenComparing(event -> message(event).length());

    private ClaimEvents() {}

    /** The claim that an event is about, if it is about one. */
    public static Optional<Key> claim(Event event) {
        ObjectReference about = event.getInvolvedObject();
        return about == null || !Kinds.CLAIM.name().equals(about.getKind()) || about.getNamespace() == null
                ? Optional.empty()
                : Optional.of(new Key(about.getNamespace(), about.getName()));
    }

    /** What the newest event says; of several at one time, the one that says most. */
    public static Optional<String> newest(List<Event> events) {
        return events.stream().filter(ClaimEvents::tells).max(AGE).map(ClaimEvents::message);
    }

    /**
     * The annotations by which a claim shows why it is not bound yet: what is to be changed of them; null removes.
     *
     * @param why what the newest event says
     */
    public static Map<String, @Nullable String> bound(PersistentVolumeClaim claim, Optional<String> why) {
        String phase = ClaimPhases.of(claim);
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        if (phase.isEmpty() || phase.equals(ClaimPhases.PENDING)) {
            why.ifPresent(message -> {
                change(claim, PodAnnotations.BOUND, "false", changes);
                change(claim, PodAnnotations.BOUND_REASON, Reasons.PENDING, changes);
                change(claim, PodAnnotations.BOUND_MESSAGE, message, changes);
            });
        } else if (Annotations.is(claim, PodAnnotations.BOUND_REASON, Reasons.PENDING)) {
            changes.put(PodAnnotations.BOUND, null);
            changes.put(PodAnnotations.BOUND_REASON, null);
            changes.put(PodAnnotations.BOUND_MESSAGE, null);
        }
        return changes;
    }

    /**
     * Events of a prime claim that its target does not have, as they are to be told there.
     *
     * @param told messages that the target has already, of whatever age
     */
    public static List<Told> untold(String prime, List<Event> ofPrime, Set<String> told) {
        return ofPrime.stream().filter(ClaimEvents::tells)
                .map(event -> new Told(Objects.requireNonNullElse(event.getType(), "Normal"),
                        Objects.requireNonNullElse(event.getReason(), ""), message(event),
                        EventRecorder.bounded(Messages.ofPrime(prime, message(event)))))
                .filter(event -> !told.contains(event.raw()) && !told.contains(event.message())).distinct().toList();
    }

    /** @param message as it is told on the target */
    public record Told(String type, String reason, String raw, String message) {}

    /** All messages of events. */
    public static Set<String> messages(List<Event> events) {
        return events.stream().map(ClaimEvents::message).collect(Collectors.toSet());
    }

    private static void change(PersistentVolumeClaim claim, String key, String value,
            Map<String, @Nullable String> changes) {
        if (!Annotations.is(claim, key, value)) {
            changes.put(key, value);
        }
    }

    private static boolean tells(Event event) {
        return !MISBOUND.equals(event.getReason()) && !message(event).isEmpty();
    }

    private static String message(Event event) {
        return Objects.requireNonNullElse(event.getMessage(), "");
    }

    private static Optional<String> uid(Event event) {
        return Optional.ofNullable(event.getInvolvedObject()).map(ObjectReference::getUid);
    }

    /** The latest of its times; older and newer writers fill in different ones. */
    private static Instant time(Event event) {
        return Stream.of(event.getLastTimestamp(), event.getFirstTimestamp(),
                event.getEventTime() == null ? null : event.getEventTime().getTime(),
                event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                        ? null
                        : event.getSeries().getLastObservedTime().getTime(),
                event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull).map(ClaimEvents::instant).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }
}
