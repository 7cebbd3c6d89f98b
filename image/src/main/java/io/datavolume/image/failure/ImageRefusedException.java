package io.datavolume.image.failure;

import io.datavolume.image.Violation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The image breaks one or more named safety checks; all that were found are in one error. */
public final class ImageRefusedException extends NeedsUserException {

    private static final Set<String> DAMAGE = Set.of("damaged", "truncated", "compressed-cluster");

    private final transient List<Violation> violations;

    /** @param image what was read, for people ("qcow2 image", "xz stream") */
    public ImageRefusedException(String image, List<Violation> violations) {
        this(image, violations, null);
    }

    /** @param cause the exception in a check that counts as its violation */
    public ImageRefusedException(String image, List<Violation> violations, @Nullable Throwable cause) {
        super(Reason.REFUSED_IMAGE, "Refused the " + image + ": "
                + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")), cause);
        this.violations = List.copyOf(violations);
    }

    public ImageRefusedException(String image, Violation violation) {
        this(image, List.of(violation));
    }

    /**
     * Whether stored data cannot be decoded, as when it changed on its way: where there is a digest to compare, that says
     * more than the first place at which a decoder stumbled.
     */
    public boolean isDamage() {
        return violations.stream().allMatch(violation -> DAMAGE.contains(violation.check()));
    }

    public List<Violation> violations() {
        return violations;
    }
}
