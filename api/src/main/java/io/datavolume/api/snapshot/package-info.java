/** Kinds of the snapshot controller, which a cluster need not have. */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.snapshot;
