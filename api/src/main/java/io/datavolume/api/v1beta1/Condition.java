package io.datavolume.api.v1beta1;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be said of an object.
 *
 * @param status {@link #TRUE}, {@link #FALSE} or {@link #UNKNOWN}
 * @param lastTransitionTime when the status changed, RFC 3339
 * @param lastHeartbeatTime when status, reason or message changed, RFC 3339
 */
public record Condition(String type, String status, @Nullable String lastTransitionTime,
        @Nullable String lastHeartbeatTime, @OmitEmpty String reason, @OmitEmpty String message,
        @Unknown Map<String, Object> unknown) implements Part {

    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    public Condition {
        type = Given.text(type);
        status = Given.text(status);
        reason = Given.text(reason);
        message = Given.text(message);
        unknown = Given.unknown(unknown);
    }

    /** The condition of that type. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(condition -> condition.type.equals(type)).findFirst();
    }

    /**
     * The conditions with one of them set: in its place, or at the end. Times move only with what they are of: set to
     * what it is, nothing changes.
     */
    public static List<Condition> set(List<Condition> conditions, String type, String status, String reason,
            String message, Instant now) {
        List<Condition> result = new ArrayList<>(conditions);
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i).type.equals(type)) {
                result.set(i, result.get(i).changed(status, reason, message, now));
                return List.copyOf(result);
            }
        }
        String time = time(now);
        result.add(new Condition(type, status, time, time, reason, message, Map.of()));
        return List.copyOf(result);
    }

    /** Whether another condition says the same; times do not count. */
    public boolean saysSame(Condition other) {
        return type.equals(other.type) && saysSame(other.status, other.reason, other.message);
    }

    private boolean saysSame(String otherStatus, String otherReason, String otherMessage) {
        return status.equals(otherStatus) && reason.equals(otherReason) && message.equals(otherMessage);
    }

    private Condition changed(String newStatus, String newReason, String newMessage, Instant now) {
        if (saysSame(newStatus, newReason, newMessage)) {
            return this;
        }
        String transition = status.equals(newStatus) && lastTransitionTime != null ? lastTransitionTime : time(now);
        return new Condition(type, newStatus, transition, time(now), newReason, newMessage, unknown);
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
