/** DataVolumes from their manifest to their end, on the local cluster and beside a real API server. */
@org.jspecify.annotations.NullMarked
package io.datavolume.scenarios.datavolume;
