package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/** A part of an object. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public interface Part {

    /** Fields that this release does not know, as they were read. */
    Map<String, Object> unknown();
}
