package io.datavolume.controller.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void delaysDoubleFromOneMinuteToHalfAnHourTenTimes() {
        RetrySchedule schedule = RetrySchedule.NONE;
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            schedule = schedule.failed(pod("pod" + i, "same"), NOW);
            minutes.add(schedule.next().map(next -> Duration.between(NOW, next).toMinutes()).orElse(-1L));
        }
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L, 30L, -1L, -1L), minutes);
    }

    @Test
    void onePodIsCountedOnce() {
        RetrySchedule once = RetrySchedule.NONE.failed(pod("a", "x"), NOW);
        assertEquals(once, once.failed(pod("a", "x"), NOW.plusSeconds(30)));
    }

    @Test
    void changeByTheUserIsTriedAtOnceAndBeginsAnew() {
        RetrySchedule schedule = RetrySchedule.NONE.failed(pod("a", "x"), NOW).failed(pod("b", "x"), NOW);
        assertFalse(schedule.isDue(NOW, () -> "x"));
        assertTrue(schedule.isDue(NOW, () -> "y"));
        assertEquals(1, schedule.failed(pod("c", "y"), NOW).attempts());
    }

    @Test
    void clockSetBackDoesNotHoldItUp() {
        RetrySchedule schedule = RetrySchedule.NONE.failed(pod("a", "x"), NOW);
        assertTrue(schedule.isDue(NOW.minus(Duration.ofDays(1)), () -> "x"));
        assertTrue(schedule.isDue(NOW.plusSeconds(60), () -> "x"));
    }

    @Test
    void itIsKeptOnTheClaimAndDistrustedThere() {
        RetrySchedule schedule = RetrySchedule.NONE.failed(pod("a", "x"), NOW);
        Map<String, String> kept = new HashMap<>();
        schedule.annotations().forEach((key, value) -> {
            if (value != null) {
                kept.put(key, value);
            }
        });
        assertEquals(schedule, RetrySchedule.of(Claims.claim("Bound", kept)));
        RetrySchedule nonsense = RetrySchedule.of(Claims.claim("Bound", Map.of(RetryAnnotations.ATTEMPTS, "-9999999999",
                RetryAnnotations.NEXT, "tomorrow")));
        assertEquals(0, nonsense.attempts());
        assertEquals(Optional.empty(), nonsense.next());
    }

    private static Pod pod(String uid, String basis) {
        Pod pod = Claims.pod("Succeeded");
        pod.getMetadata().setUid(uid);
        pod.getMetadata().setAnnotations(Map.of(RetryAnnotations.BASIS, basis));
        return pod;
    }
}
