package io.datavolume.storage;

import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a claim is filled through a prime claim, or directly. */
public final class PopulatorUse {

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
        return Annotations.bool(dataVolume, Annotations.USE_POPULATOR).orElseGet(() -> classes.ofClaim(className)
                .filter(found -> hasCsiDriver.test(found.getProvisioner())).isPresent());
    }
}
