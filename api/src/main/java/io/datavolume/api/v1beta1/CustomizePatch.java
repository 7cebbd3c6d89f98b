package io.datavolume.api.v1beta1;

import java.util.Map;

/**
 * A patch of an object that the operator makes.
 *
 * @param type {@code json}, {@code merge} or {@code strategic}
 */
public record CustomizePatch(@OmitEmpty String resourceName, @OmitEmpty String resourceType, @OmitEmpty String patch,
        @OmitEmpty String type, @Unknown Map<String, Object> unknown) implements Part {

    public CustomizePatch {
        resourceName = Given.text(resourceName);
        resourceType = Given.text(resourceType);
        patch = Given.text(patch);
        type = Given.text(type);
        unknown = Given.unknown(unknown);
    }
}
