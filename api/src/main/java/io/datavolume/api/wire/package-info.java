/**
 * Each string of the wire once: annotations, labels, finalizers, phases, condition types, reasons, messages, names.
 * Clients, templates and other people's tests compare them byte for byte. What is ours beyond the peer stands in
 * {@link io.datavolume.api.wire.ProgressAnnotations} and is marked elsewhere.
 */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.wire;
