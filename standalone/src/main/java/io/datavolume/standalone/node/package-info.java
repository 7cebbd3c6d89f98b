/**
 * The node of a local cluster: worker pods as child processes. {@code Scheduler} decides whether a pod may run,
 * {@code PodVolumes} lays out what it mounts, {@code WorkerOrder} puts the real paths into its order, and
 * {@code PodStatuses} words what became of it as a kubelet does.
 */
@NullMarked
package io.datavolume.standalone.node;

import org.jspecify.annotations.NullMarked;
