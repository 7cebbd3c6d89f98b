package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.wire.DataSources;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/**
 * What a command can wait for.
 *
 * @param kind DataVolume, or PersistentVolumeClaim for one that a source of ours fills
 */
public record Awaited(Kind<?> kind, Key key) {

    /** Nothing for an object that becomes no disk. */
    public static Optional<Awaited> of(Manifest manifest) {
        return manifest.kind() == Kinds.DATA_VOLUME || manifest.kind() == Kinds.CLAIM && refersToASource(manifest)
                ? Optional.of(new Awaited(manifest.kind(), manifest.key()))
                : Optional.empty();
    }

    public static Awaited dataVolume(Key key) {
        return new Awaited(Kinds.DATA_VOLUME, key);
    }

    public boolean isClaim() {
        return kind == Kinds.CLAIM;
    }

    /** As messages name it: {@code DataVolume default/fedora}. */
    @Override
    public String toString() {
        return kind.name() + " " + key;
    }

    /** As a command takes it: {@code dv fedora -n default}. */
    public String words() {
        return (isClaim() ? "pvc " : "dv ") + key.name() + " -n " + key.namespace();
    }

    private static boolean refersToASource(Manifest manifest) {
        return DataSources.importSource(Serialization.OF_OBJECTS.convertValue(manifest.tree(),
                PersistentVolumeClaim.class)).isPresent();
    }
}
