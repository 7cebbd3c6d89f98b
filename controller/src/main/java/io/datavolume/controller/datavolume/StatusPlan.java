package io.datavolume.controller.datavolume;

import io.datavolume.api.v1beta1.DataVolumeStatus;
import java.util.List;

/** The status that a DataVolume is to have, and the events that tell of the way there. */
record StatusPlan(DataVolumeStatus status, List<Notice> notices) {}
