package io.datavolume.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.datavolume.api.wire.AccessModes;
import io.datavolume.api.wire.VolumeModes;
import java.util.Map;

/**
 * One way in which a provisioner's volumes can be claimed.
 *
 * @param accessMode {@code ReadWriteOnce} and the like
 * @param volumeMode {@code Block} or {@code Filesystem}
 */
public record ClaimModes(String accessMode, String volumeMode) {

    private static final Map<String, String> ACCESS_MODES = Map.of("RWO", AccessModes.READ_WRITE_ONCE, "RWX",
            AccessModes.READ_WRITE_MANY, "ROX", AccessModes.READ_ONLY_MANY, "RWOP",
            AccessModes.READ_WRITE_ONCE_POD);

    /** From the table's short form: {@code RWX/Block}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ClaimModes parse(String text) {
        int slash = text.indexOf('/');
        String accessMode = slash < 0 ? null : ACCESS_MODES.get(text.substring(0, slash));
        String volumeMode = text.substring(slash + 1);
        if (accessMode == null || !VolumeModes.isKnown(volumeMode)) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a way to claim a volume; write RWO, RWX, ROX or RWOP, a slash, and Block or Filesystem");
        }
        return new ClaimModes(accessMode, volumeMode);
    }
}
