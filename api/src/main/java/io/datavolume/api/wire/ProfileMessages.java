package io.datavolume.api.wire;

/** Messages of storage profiles and of the configuration. */
public final class ProfileMessages {

    public static final String RECOGNIZED = "Provisioner is recognized";
    public static final String UNRECOGNIZED = "Provisioner is not recognized";
    public static final String UNRECOGNIZED_PARAMETERS = "Storage class parameters are not recognized";
    public static final String INCOMPLETE_SET = "each ClaimPropertySet must provide both volume mode and access modes";

    private ProfileMessages() {}

    public static String resourceDoesNotExist(String name) {
        return "Resource managed by \"" + name + "\" doesn't exist";
    }
}
