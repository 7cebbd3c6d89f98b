package io.datavolume.controller.datavolume;

import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.storage.StorageClasses;

/** What the cluster's configuration and storage say of DataVolumes, as they are now. */
public interface DataVolumeSettings {

    boolean honorsFirstConsumer();

    boolean adoptsClaims();

    StorageClasses classes();

    /** What a plan for one DataVolume depends on. */
    World world(DataVolume dataVolume);
}
