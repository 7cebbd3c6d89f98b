/**
 * Storage of a local cluster: what kube-controller-manager and a provisioner do elsewhere. Classes come from a file;
 * claims get folders or files of this machine, and give them back. {@code ClaimPlanner} decides, the reconcilers act.
 */
@NullMarked
package io.datavolume.standalone.volumes;

import org.jspecify.annotations.NullMarked;
