package io.datavolume.controller.importing;

import io.datavolume.storage.FilesystemOverhead;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

/** What the cluster's configuration says of imports, as it is now. */
public interface ImportSettings {

    /** Whether claims that wait for their first consumer are left alone until they are bound. */
    boolean honorsFirstConsumer();

    /** What all worker pods have in common. */
    WorkerSettings worker();

    /** What the claim's filesystem needs for itself; none for a block volume. */
    FilesystemOverhead overhead(PersistentVolumeClaim claim);
}
