package io.datavolume.kubernetes.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void aBurstPassesAtOnceAndTheRestAtTheRate() {
        var bucket = new TokenBucket(new RateLimit(10, 3), 0);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, bucket.take(0));
        }
        assertEquals(SECOND / 10, bucket.take(0));
        assertEquals(2 * SECOND / 10, bucket.take(0));
    }

    @Test
    void tokensComeBackButNoMoreThanABurst() {
        var bucket = new TokenBucket(new RateLimit(10, 2), 0);
        bucket.take(0);
        bucket.take(0);
        bucket.take(0);
        for (int i = 0; i < 2; i++) {
            assertEquals(0, bucket.take(3600 * SECOND));
        }
        assertEquals(SECOND / 10, bucket.take(3600 * SECOND));
    }

    @Test
    void aRateThatLetsNothingThroughIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(1, 0));
    }
}
