package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** A name for a boot source. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("DataSource")
@Plural("datasources")
public final class DataSource extends CdiObject<DataSourceSpec, DataSourceStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1;
}
