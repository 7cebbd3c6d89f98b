/** Reconcilers at work on a cluster. */
@org.jspecify.annotations.NullMarked
package io.datavolume.scenarios.control;
