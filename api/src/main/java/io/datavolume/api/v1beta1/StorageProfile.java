package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** How claims of a storage class of the same name are made and cloned. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("StorageProfile")
@Plural("storageprofiles")
public final class StorageProfile extends CdiObject<StorageProfileSpec, StorageProfileStatus> {

    @Serial
    private static final long serialVersionUID = 1;
}
