package io.datavolume.standalone.local;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What the cluster gives to objects itself: time, identity, the end of a name. */
record Generated(InstantSource clock, RandomGenerator random, Supplier<String> uids) {

    /** Characters that form no words, as Kubernetes chose them. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    private static final int MAX_BASE = 58;

    static Generated with(InstantSource clock) {
        return new Generated(clock, RandomGenerator.of("L64X128MixRandom"), () -> UUID.randomUUID().toString());
    }

    /** Whole seconds, as they stand in objects. */
    String now() {
        return inSeconds(0);
    }

    String inSeconds(long seconds) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds).toString();
    }

    Instant instant() {
        return clock.instant();
    }

    String uid() {
        return uids.get();
    }

    /** A name that begins so, as {@code generateName} asks. */
    String name(String prefix) {
        StringBuilder name = new StringBuilder(prefix.length() > MAX_BASE ? prefix.substring(0, MAX_BASE) : prefix);
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
