package io.datavolume.controller.config;

import io.datavolume.api.cluster.Owners;
import io.datavolume.api.v1beta1.Cdi;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The resource that stands for the installation. A second one is refused by the operator, and marked as an error. */
public final class ActiveCdi {

    private static final String ERROR = "Error";

    private ActiveCdi() {}

    /** The active one of those there are; none without an operator. */
    public static Optional<Cdi> of(Collection<Cdi> all) {
        return all.stream().filter(cdi -> cdi.getStatus() == null || !ERROR.equals(cdi.getStatus().phase()))
                .min(Comparator.comparing((Cdi cdi) -> String.valueOf(cdi.getMetadata().getCreationTimestamp()))
                        .thenComparing(cdi -> cdi.getMetadata().getName()));
    }

    /** Who owns what the control plane makes for the whole cluster, so that it goes with the installation. */
    public static Optional<OwnerReference> owner(Collection<Cdi> all) {
        return of(all).map(Owners::controller);
    }
}
