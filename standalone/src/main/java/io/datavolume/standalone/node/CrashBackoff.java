package io.datavolume.standalone.node;

import java.time.Duration;

/**
 * How long a container that failed waits before it is started again: not at all the first time, then as a kubelet, but
 * shorter, since its user is waiting.
 *
 * @param first wait of the second restart, doubled with each further one
 * @param longest wait
 * @param forgotten how long a container must have run for its failures to count no more
 */
record CrashBackoff(Duration first, Duration longest, Duration forgotten) {

    static final CrashBackoff LOCAL = new CrashBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    private static final int MAX_DOUBLINGS = 30;

    /** @param failures in a row, this one included, 1 or more */
    Duration after(int failures) {
        if (failures <= 1) {
            return Duration.ZERO;
        }
        Duration wait = first.multipliedBy(1L << Math.min(failures - 2, MAX_DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
