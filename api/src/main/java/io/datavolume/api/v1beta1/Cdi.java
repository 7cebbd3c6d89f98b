package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** The installation. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("CDI")
@Plural("cdis")
public final class Cdi extends CdiObject<CdiSpec, CdiStatus> {

    @Serial
    private static final long serialVersionUID = 1;
}
