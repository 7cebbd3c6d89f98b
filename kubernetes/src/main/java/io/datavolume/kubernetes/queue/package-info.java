/** Runs a reconciler: which keys wait, when one is tried again, and who works on it. Knows no particular cluster. */
@org.jspecify.annotations.NullMarked
package io.datavolume.kubernetes.queue;
