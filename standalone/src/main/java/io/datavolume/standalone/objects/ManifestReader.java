package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.validation.Admission;
import io.datavolume.api.validation.Violation;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads manifests and checks each before any counts: the first thing that is wrong is the error, and names its field. */
public final class ManifestReader {

    private final String namespace;
    private final boolean explicit;

    /**
     * @param namespace for objects that name none
     * @param explicit whether objects that name another are refused
     */
    public ManifestReader(String namespace, boolean explicit) {
        this.namespace = namespace;
        this.explicit = explicit;
    }

    /**
     * All objects, in their order.
     *
     * @param files files, folders, or {@code -}
     * @throws NeedsUserException with reason USAGE for the first thing that is wrong
     */
    public List<Manifest> read(List<String> files, InputStream standardInput) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ManifestFiles.Document document : ManifestFiles.read(files, standardInput)) {
            Manifest manifest = manifest(document);
            if (!seen.add(manifest.name() + "@" + manifest.key().namespace())) {
                throw refused(document.origin(), "metadata.name: " + manifest.name() + " is there twice");
            }
            manifests.add(manifest);
        }
        return List.copyOf(manifests);
    }

    private Manifest manifest(ManifestFiles.Document document) throws NeedsUserException {
        String origin = document.origin();
        String apiVersion = text(document, "apiVersion");
        String name = text(document, "kind");
        Kind<?> kind = KindNames.of(apiVersion, name).orElseThrow(() -> refused(origin,
                "kind: there is no kind " + name + " of " + apiVersion + " here; kubectl knows others"));
        Optional<Violation> metadata = MetadataRules.check(kind, document.tree());
        if (metadata.isPresent()) {
            throw refused(origin, metadata.get().toString());
        }
        Map<String, Object> tree = completed(origin, kind, document.tree());
        Optional<Violation> wrong = Admission.check(kind, tree);
        if (wrong.isPresent()) {
            throw refused(origin, wrong.get().toString());
        }
        try {
            Serialization.OF_OBJECTS.convertValue(tree, kind.type());
        } catch (IllegalArgumentException e) {
            throw refused(origin, "it is no " + kind + ": " + firstLine(e));
        }
        return new Manifest(origin, kind, tree);
    }

    private Map<String, Object> completed(String origin, Kind<?> kind, Map<?, ?> written) throws NeedsUserException {
        Map<String, Object> tree = new LinkedHashMap<>();
        written.forEach((key, value) -> tree.put(String.valueOf(key), value));
        tree.remove("status");
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (written.get("metadata") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        metadata.keySet().removeAll(MetadataRules.OF_THE_CLUSTER);
        if (!kind.namespaced()) {
            metadata.remove("namespace");
        } else if (explicit && metadata.get("namespace") instanceof String other && !other.equals(namespace)) {
            throw refused(origin, "metadata.namespace: it is " + other + ", and --namespace is " + namespace);
        } else {
            metadata.putIfAbsent("namespace", namespace);
        }
        tree.put("metadata", metadata);
        return tree;
    }

    private static String text(ManifestFiles.Document document, String field) throws NeedsUserException {
        if (document.tree().get(field) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw refused(document.origin(), field + ": Required value");
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static NeedsUserException refused(String origin, String why) {
        return new NeedsUserException(Reason.USAGE,
                "Tried to read an object from " + origin + " but " + why);
    }
}
