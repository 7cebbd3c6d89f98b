/**
 * What clients see and what reconcilers stand on: {@code v1beta1} has the kinds, {@code wire} each string of the wire
 * once, {@code cluster} the port to a cluster (real or local), {@code reconcile} the contract of a reconciler.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.api;
