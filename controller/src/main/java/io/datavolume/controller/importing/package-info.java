/**
 * Fills claims that carry import annotations by worker pods: {@link io.datavolume.controller.importing.ImportPlanner}
 * decides, {@link io.datavolume.controller.importing.WorkerPod} is what administrators find in the cluster,
 * {@link io.datavolume.controller.importing.PodMirror} puts what the worker says on the claim.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.importing;
