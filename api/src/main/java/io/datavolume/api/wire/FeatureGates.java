package io.datavolume.api.wire;

/** Values of {@code featureGates} of CDIConfig; others are ignored. */
public final class FeatureGates {

    /** Workers wait for the first consumer where the storage class does. */
    public static final String HONOR_WAIT_FOR_FIRST_CONSUMER = "HonorWaitForFirstConsumer";
    /** Claims of the same name are taken over. */
    public static final String CLAIM_ADOPTION = "DataVolumeClaimAdoption";
    /** Accepted, without effect. */
    public static final String BOOTC_IMAGE_IMPORT = "BootcImageImport";
    /** Accepted, without effect: claims are always rendered. */
    public static final String WEBHOOK_PVC_RENDERING = "WebhookPvcRendering";
    /** Ours, beyond the peer: qemu-img instead of the built-in decoders, for worker images that have it. */
    public static final String QEMU_IMG_ENGINE = "QemuImgEngine";

    private FeatureGates() {}
}
