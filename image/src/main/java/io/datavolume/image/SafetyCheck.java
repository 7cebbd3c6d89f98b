package io.datavolume.image;

/**
 * A named safety check. Each format declares its own as an enum; the name is kebab-case and stable, since
 * scripts and the troubleshooting page refer to it.
 */
public interface SafetyCheck {

    /** Kebab-case name, unique within a format: {@code backing-file}. */
    String id();

    /** What is demanded, in one sentence: "must not name a backing file". */
    String demand();
}
