package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;

/** Asks the controller to try a DataVolume, or a claim without one, again now that its user has mended what was wrong. */
public final class RetryRequest {

    private RetryRequest() {}

    public static <T extends HasMetadata> void send(Cluster cluster, Kind<T> kind, T object) {
        cluster.patch(kind, Key.of(object),
                Patch.of(object).annotation(RetryAnnotations.REQUESTED, Instant.now().toString()).build());
    }
}
