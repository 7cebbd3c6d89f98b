package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** Fills claims that refer to it with an imported disk. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("VolumeImportSource")
@Plural("volumeimportsources")
public final class VolumeImportSource extends CdiObject<VolumeImportSourceSpec, NoStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1;
}
