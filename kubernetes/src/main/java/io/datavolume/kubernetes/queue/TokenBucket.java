package io.datavolume.kubernetes.queue;

/** Tokens of a {@link RateLimit}; those taken in advance are paid for by waiting. Not thread-safe. */
final class TokenBucket {

    private static final double SECOND = 1e9;

    private final RateLimit limit;
    private double tokens;
    private long countedAt;

    TokenBucket(RateLimit limit, long now) {
        this.limit = limit;
        this.tokens = limit.burst();
        this.countedAt = now;
    }

    /** Takes one token, and says in how many nanoseconds it will be there. */
    long take(long now) {
        tokens = Math.min(limit.burst(), tokens + (now - countedAt) / SECOND * limit.perSecond()) - 1;
        countedAt = now;
        return tokens >= 0 ? 0 : (long) (-tokens / limit.perSecond() * SECOND);
    }
}
