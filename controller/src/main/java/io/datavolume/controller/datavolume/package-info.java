/**
 * DataVolumes: {@link io.datavolume.controller.datavolume.SyncPlanner} decides which objects are wanted,
 * {@link io.datavolume.controller.datavolume.StatusPlanner} what users read of it.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.datavolume;
