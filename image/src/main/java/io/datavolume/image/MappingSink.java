package io.datavolume.image;

import java.io.IOException;

/** Takes mappings as a layout learns them. Layouts coalesce neighbours before they call it. */
@FunctionalInterface
public interface MappingSink {
    void map(Mapping mapping) throws IOException;
}
