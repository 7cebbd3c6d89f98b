package io.datavolume.standalone.volumes;

import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.event.EventWriter;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.standalone.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The storage of a local cluster, put together. */
public final class LocalVolumes {

    private static final String FILE = "storage-classes.yaml";

    private final List<Reconciler> reconcilers;

    private LocalVolumes(List<Reconciler> reconcilers) {
        this.reconcilers = reconcilers;
    }

    /**
     * Makes the storage classes known.
     *
     * @param classes the file of storage classes; where none is given, {@code storage-classes.yaml} of the state folder,
     *        and where there is none, the built-in ones
     * @throws io.datavolume.image.failure.NeedsUserException with reason USAGE when the file is not what it should be
     */
    public static LocalVolumes open(LocalCluster cluster, Optional<Path> classes, EventWriter events)
            throws IOException {
        Path own = cluster.state().root().resolve(FILE);
        Optional<Path> file = classes.or(() -> Optional.of(own).filter(Files::exists));
        StorageClassSync.run(cluster,
                file.isPresent() ? StorageClassFile.read(file.get()) : StorageClassFile.standard());
        Path volumes = cluster.state().volumes();
        VolumeFolders.finishDeleting(volumes);
        EventRecorder recorder = events.recorder(ClaimBinder.NAME);
        Provisioner provisioner = new Provisioner(cluster, volumes, cluster::sync);
        return new LocalVolumes(List.of(new ClaimBinder(cluster, provisioner, recorder),
                new VolumeReclaimer(cluster, provisioner, recorder), new ClaimProtection(cluster)));
    }

    /** What is to be run. */
    public List<Reconciler> reconcilers() {
        return reconcilers;
    }
}
