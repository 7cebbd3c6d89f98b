package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** Moves an object to another namespace or name. Deprecated on the wire. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("ObjectTransfer")
@Plural("objecttransfers")
public final class ObjectTransfer extends CdiObject<ObjectTransferSpec, ObjectTransferStatus> {

    @Serial
    private static final long serialVersionUID = 1;
}
