package io.datavolume.storage;

import io.datavolume.api.wire.Reasons;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import java.util.List;

/** What came of rendering a claim. */
public sealed interface ClaimRendering {

    /** The claim can be made like this. */
    record Rendered(PersistentVolumeClaimSpec spec) implements ClaimRendering {}

    /**
     * All but the size is known, and the size is to be found out: render again with it.
     *
     * @param withoutSize the claim so far
     */
    record SizeMissing(PersistentVolumeClaimSpec withoutSize) implements ClaimRendering {}

    /**
     * No claim can be made.
     *
     * @param message the error, also that of the Bound condition
     * @param events messages of events about it, in order
     * @param awaitsStorage whether a storage class, profile or volume may mend it; else only the user can
     */
    record Refused(String message, List<String> events, boolean awaitsStorage) implements ClaimRendering {

        /** Of the events and of the condition. */
        public static final String REASON = Reasons.CLAIM_NOT_VALID;

        static Refused byUser(String message) {
            return new Refused(message, List.of(message), false);
        }

        static Refused byStorage(String message) {
            return new Refused(message, List.of(message), true);
        }

        static Refused byProfile(String event, String message) {
            return new Refused(message, List.of(event, message), true);
        }
    }
}
