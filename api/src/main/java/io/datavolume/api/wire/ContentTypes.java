package io.datavolume.api.wire;

import org.jspecify.annotations.Nullable;

/** Values of {@code contentType}. */
public final class ContentTypes {

    /** A disk; also what no value means. */
    public static final String KUBEVIRT = "kubevirt";
    /** A tar archive that is unpacked into a filesystem. */
    public static final String ARCHIVE = "archive";

    private ContentTypes() {}

    /** What a value means. */
    public static String orDefault(@Nullable String contentType) {
        return contentType == null || contentType.isEmpty() ? KUBEVIRT : contentType;
    }
}
