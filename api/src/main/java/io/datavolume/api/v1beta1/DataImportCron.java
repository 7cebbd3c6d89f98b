package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** Imports a boot source again whenever it changed. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("DataImportCron")
@Plural("dataimportcrons")
public final class DataImportCron extends CdiObject<DataImportCronSpec, DataImportCronStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1;
}
