/**
 * Events: what happened to an object, for people. The same thing again raises a count, and an object that brings forth
 * too many is silenced, as client-go does it. Writing is behind a queue, so that no reconciler waits for an event.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.event;
