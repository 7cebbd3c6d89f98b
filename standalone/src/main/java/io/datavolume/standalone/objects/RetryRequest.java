package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.RetryAnnotations;
import java.time.Instant;

/** Asks the controller to try a DataVolume again now that its user has mended what was wrong. */
public final class RetryRequest {

    private RetryRequest() {}

    public static void send(Cluster cluster, DataVolume volume) {
        cluster.patch(Kinds.DATA_VOLUME, Key.of(volume),
                Patch.of(volume).annotation(RetryAnnotations.REQUESTED, Instant.now().toString()).build());
    }
}
