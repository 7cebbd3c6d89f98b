/** What monitoring is told: the gauges of the wire, and how the queues do. */
@org.jspecify.annotations.NullMarked
package io.datavolume.controller.metrics;
