/** The small port through which reconcilers see a cluster, and its errors. */
@org.jspecify.annotations.NullMarked
package io.datavolume.api.cluster;
