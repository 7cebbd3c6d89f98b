package io.datavolume.image.detect;

import io.datavolume.image.SafetyCheck;

/** What is demanded of the identity of an image. */
public enum DetectCheck implements SafetyCheck {
    /** A file that two programs read as two different disks. */
    POLYGLOT("must match one format only"),
    /** The user or the registry said what it is. */
    DECLARED_FORMAT("must have the magic of the declared format"),
    /** Known to others, not to this importer. */
    SUPPORTED_FORMAT("must have a format that is supported"),
    /** What a server answers instead of an image, with success. */
    WEB_PAGE("must not be a web page"),
    /** A VHD footer around something else than the rest of the file. */
    VHD_FOOTER("must describe the bytes before it");

    private final String demand;

    DetectCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
