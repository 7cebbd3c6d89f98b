package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetriesTest {

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void waitThatAServerAsksForIsHonoured() {
        var busy = new RetryableException("busy", null, Duration.ofSeconds(17));
        assertEquals(Duration.ofSeconds(17), Retries.delay(busy, 1));
        assertEquals(Duration.ofSeconds(17), Retries.delay(busy, 9));
    }

    @Test
    void waitsGrowWithJitterUpToTenSeconds() {
        var broken = new RetryableException("broken", null);
        long longest = 0;
        for (int i = 0; i < 1000; i++) {
            assertTrue(Retries.delay(broken, 1).toMillis() <= 200);
            assertTrue(Retries.delay(broken, 2).toMillis() <= 400);
            longest = Math.max(longest, Retries.delay(broken, 30).toMillis());
        }
        assertTrue(longest > 400 && longest <= 10_000, "longest: " + longest);
    }

    @Test
    void whatOnlyTheUserCanMendIsTriedOnce() {
        assertThrows(NeedsUserException.class, () -> new Retries(Duration.ofMinutes(5)).call(() -> {
            attempts.incrementAndGet();
            throw new NeedsUserException(Reason.NOT_FOUND, "gone");
        }));
        assertEquals(1, attempts.get());
    }

    @Test
    void noTimeToTryAgainIsOneAttempt() {
        assertThrows(RetryableException.class, () -> new Retries(Duration.ZERO).call(this::fail));
        assertEquals(1, attempts.get());
    }

    @Test
    void failureThatComesBackEndsWhenTheTimeIsUsedUp() {
        var last = assertThrows(RetryableException.class, () -> new Retries(Duration.ofMillis(300)).call(this::fail));
        assertEquals("attempt " + attempts.get(), last.getMessage());
    }

    @Test
    void waitThatIsLongerThanTheTimeLeftIsNotWaited() {
        assertThrows(RetryableException.class, () -> new Retries(Duration.ofMillis(1)).call(() -> {
            throw new RetryableException("busy", null, Duration.ofHours(1));
        }));
    }

    @Test
    void whyItIsTriedAgainIsToldOnceForEachReason() throws Exception {
        List<String> told = new ArrayList<>();
        new Retries(Duration.ofMinutes(1), told::add).call(() -> {
            int attempt = attempts.incrementAndGet();
            if (attempt > 9) {
                return attempt;
            }
            throw new RetryableException(attempt < 6 ? "refused" : "busy", null, Duration.ofMillis(1));
        });
        assertEquals(List.of("refused; trying again", "busy; trying again"), told);
    }

    @Test
    void whatGoesWellAtTheSecondTryIsNotTold() throws Exception {
        List<String> told = new ArrayList<>();
        new Retries(Duration.ofMinutes(1), told::add).call(() -> attempts.get() < 1 ? fail() : "");
        assertEquals(List.of(), told);
    }

    private Object fail() throws IOException {
        throw new RetryableException("attempt " + attempts.incrementAndGet(), null);
    }
}
