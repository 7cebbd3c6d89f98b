package io.datavolume.kubernetes.queue;

/**
 * How often all keys together may be tried again: a bucket of tokens.
 *
 * @param perSecond tokens that come in each second
 * @param burst tokens that the bucket holds
 */
public record RateLimit(double perSecond, int burst) {

    /** 10 a second, 100 at once, as Kubernetes' own controllers do. */
    public static final RateLimit DEFAULT = new RateLimit(10, 100);

    public RateLimit {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate of " + perSecond + "/s, " + burst + " at once, lets nothing through");
        }
    }
}
