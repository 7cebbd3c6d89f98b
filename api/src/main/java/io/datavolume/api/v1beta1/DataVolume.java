package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.Phase;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import java.util.Optional;

/** A claim together with what is to be in it. */
@Group("cdi.kubevirt.io")
@Version("v1beta1")
@Kind("DataVolume")
@Plural("datavolumes")
public final class DataVolume extends CdiObject<DataVolumeSpec, DataVolumeStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1;

    /** The status; an empty one if there is none yet. */
    public DataVolumeStatus statusOrEmpty() {
        return getStatus() == null ? DataVolumeStatus.EMPTY : getStatus();
    }

    public Phase phase() {
        return Phase.of(statusOrEmpty().phase());
    }

    public Optional<Condition> condition(String type) {
        return Condition.find(statusOrEmpty().conditions(), type);
    }
}
