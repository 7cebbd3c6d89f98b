package io.datavolume.api.wire;

/** Access modes of claims and volumes. */
public final class AccessModes {

    public static final String READ_WRITE_ONCE = "ReadWriteOnce";
    public static final String READ_ONLY_MANY = "ReadOnlyMany";
    public static final String READ_WRITE_MANY = "ReadWriteMany";
    public static final String READ_WRITE_ONCE_POD = "ReadWriteOncePod";

    private AccessModes() {}
}
