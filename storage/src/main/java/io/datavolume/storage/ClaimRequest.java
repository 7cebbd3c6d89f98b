package io.datavolume.storage;

import io.datavolume.api.v1beta1.StorageSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/**
 * What is wished of a claim, and how it is to be rendered.
 *
 * @param size what is asked for; none to be treated as missing says
 * @param detected whether the size is that of an image, which nobody has chosen with a filesystem in mind
 * @param archive whether the content is a tar archive, which needs a filesystem
 */
public record ClaimRequest(StorageSpec wishes, Optional<Quantity> size, boolean detected, boolean archive,
        MissingSize missing) {

    /** What becomes of a claim without a size. */
    public enum MissingSize {
        /** It is refused. */
        REFUSED,
        /** It asks for nothing; the clone that fills it sets the size. */
        ZERO,
        /** {@link ClaimRendering.SizeMissing} tells that it must be found out. */
        DETECTED
    }

    public static ClaimRequest of(StorageSpec wishes, boolean archive, MissingSize missing) {
        return new ClaimRequest(wishes, wishes.size(), false, archive, missing);
    }

    /**
     * The same with a size that was found out.
     *
     * @param bytes of the disk, without any overhead
     */
    public ClaimRequest withSize(long bytes) {
        return new ClaimRequest(wishes, Optional.of(Bytes.quantity(bytes)), true, archive, missing);
    }
}
