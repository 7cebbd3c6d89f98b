/** What a reconciler is, and which changes wake it. */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.reconcile;
