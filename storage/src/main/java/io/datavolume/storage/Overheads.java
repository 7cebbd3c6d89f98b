package io.datavolume.storage;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Map;
import java.util.Optional;

/**
 * The filesystem overhead of each storage class.
 *
 * @param global of classes that have none of their own
 * @param ofClass by name of the class
 */
public record Overheads(FilesystemOverhead global, Map<String, FilesystemOverhead> ofClass) {

    /** While there is no configuration. */
    public static final Overheads NONE = new Overheads(FilesystemOverhead.NONE, Map.of());

    public Overheads {
        ofClass = Map.copyOf(ofClass);
    }

    /**
     * The overhead of a claim in filesystem mode.
     *
     * @param className as in the claim: none and a class that does not exist stand for the cluster's default class, the
     *        empty name for no class and no overhead
     */
    public FilesystemOverhead of(Optional<String> className, StorageClasses classes) {
        if (className.filter(String::isEmpty).isPresent()) {
            return FilesystemOverhead.NONE;
        }
        return className.flatMap(classes::named).or(classes::kubernetesDefault)
                .map((StorageClass found) -> ofClass.getOrDefault(found.getMetadata().getName(), global))
                .orElse(global);
    }
}
