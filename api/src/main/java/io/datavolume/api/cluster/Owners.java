package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/** Who owns an object. An owner has the same namespace, or none. */
public final class Owners {

    private Owners() {}

    /** The reference that makes an object the controller of another; the object has been created, so it has its UID. */
    public static OwnerReference controller(HasMetadata owner) {
        return new OwnerReferenceBuilder().withApiVersion(owner.getApiVersion()).withKind(owner.getKind())
                .withName(owner.getMetadata().getName()).withUid(owner.getMetadata().getUid()).withController(true)
                .withBlockOwnerDeletion(true).build();
    }

    /** The reference to the controller of an object, if it has one. */
    public static Optional<OwnerReference> controllerOf(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController())).findFirst();
    }

    /** The controller of an object, if it is of that kind. */
    public static Optional<Key> controllerOf(HasMetadata object, Kind<?> kind) {
        String namespace = kind.namespaced() ? Key.of(object).namespace() : "";
        return controllerOf(object).filter(reference -> is(reference, kind))
                .map(reference -> new Key(namespace, reference.getName()));
    }

    /** Whether exactly that object, not another of its name, controls an object. */
    public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        return controllerOf(object).filter(reference -> reference.getUid().equals(owner.getMetadata().getUid()))
                .isPresent();
    }

    // A version may have been another when the reference was written.
    private static boolean is(OwnerReference reference, Kind<?> kind) {
        String apiVersion = reference.getApiVersion();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return reference.getKind().equals(kind.name()) && group.equals(kind.group());
    }
}
