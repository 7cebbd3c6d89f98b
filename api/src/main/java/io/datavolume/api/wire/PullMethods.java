package io.datavolume.api.wire;

/** Values of {@code pullMethod} of a registry source. */
public final class PullMethods {

    /** The worker pulls; also what no value means. */
    public static final String POD = "pod";
    /** The node pulls. */
    public static final String NODE = "node";

    private PullMethods() {}
}
