package io.datavolume.image;

import java.util.Locale;

/**
 * A named safety check. Each format declares its own as an enum; the name is kebab-case and stable, since
 * scripts and the troubleshooting page refer to it.
 */
public interface SafetyCheck {

    /** Name of the enum constant. */
    String name();

    /** Kebab-case name, unique within a format: {@code backing-file}. */
    default String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is demanded, in one sentence: "must not name a backing file". */
    String demand();
}
