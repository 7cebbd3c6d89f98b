package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** How imports are done in a cluster. There is one, {@link io.datavolume.api.wire.Names#CONFIG}. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("CDIConfig")
@Plural("cdiconfigs")
public final class CdiConfig extends CdiObject<CdiConfigSpec, CdiConfigStatus> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Whether a feature gate is named. */
    public boolean gate(String gate) {
        return getSpec() != null && getSpec().featureGates().contains(gate);
    }
}
