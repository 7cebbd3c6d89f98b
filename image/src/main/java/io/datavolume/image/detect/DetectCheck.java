package io.datavolume.image.detect;

import io.datavolume.image.SafetyCheck;

/** What is demanded of the identity of an image. */
public enum DetectCheck implements SafetyCheck {
    /** A file that two programs read as two different disks. */
    POLYGLOT("polyglot", "must match one format only"),
    /** The user or the registry said what it is. */
    DECLARED_FORMAT("declared-format", "must have the magic of the declared format"),
    /** Known to others, not to this importer. */
    SUPPORTED_FORMAT("supported-format", "must have a format that is supported"),
    /** A VHD footer around something else than the rest of the file. */
    VHD_FOOTER("vhd-footer", "must describe the bytes before it");

    private final String id;
    private final String demand;

    DetectCheck(String id, String demand) {
        this.id = id;
        this.demand = demand;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String demand() {
        return demand;
    }
}
