package io.datavolume.storage;

import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whether a claim is filled through a prime claim, or directly. */
public final class PopulatorUse {

    // What Go's strconv.ParseBool takes, because users' manifests were written for it.
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private PopulatorUse() {}

    /**
     * The user's annotation decides; without a readable one, whether the class's provisioner is a CSI driver, because
     * only those give a volume to another claim.
     *
     * @param className as in the claim; none for the cluster's default class
     * @param hasCsiDriver whether the cluster has a CSIDriver object of that name
     */
    public static boolean decide(HasMetadata dataVolume, Optional<String> className, StorageClasses classes,
            Predicate<String> hasCsiDriver) {
        Optional<String> wish = Annotations.of(dataVolume, Annotations.USE_POPULATOR);
        if (wish.filter(TRUE::contains).isPresent()) {
            return true;
        }
        if (wish.filter(FALSE::contains).isPresent()) {
            return false;
        }
        return classes.ofClaim(className).filter(found -> hasCsiDriver.test(found.getProvisioner())).isPresent();
    }
}
