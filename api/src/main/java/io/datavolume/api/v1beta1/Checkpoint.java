package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a multi-stage import.
 *
 * @param current snapshot to copy
 * @param previous snapshot that it is a change of; empty for the first
 */
public record Checkpoint(@Nullable String current, @Nullable String previous,
        @Unknown Map<String, Object> unknown) implements Part {

    public Checkpoint {
        unknown = Given.unknown(unknown);
    }
}
