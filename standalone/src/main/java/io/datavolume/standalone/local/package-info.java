/**
 * The cluster port on one machine: objects as files in a state folder, with the rules of the Kubernetes API for objects
 * (versions, preconditions, finalizers, owners, status apart from the rest). It knows nothing of HTTP.
 *
 * <p>A write goes through {@link io.datavolume.standalone.local.LocalCluster}, is made whole by the rules, gets its
 * revision, stands in the {@code Journal}, and only then is seen. {@code Checkpoint} turns journals into one file per
 * object.
 */
@NullMarked
package io.datavolume.standalone.local;

import org.jspecify.annotations.NullMarked;
