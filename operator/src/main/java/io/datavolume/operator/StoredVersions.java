package io.datavolume.operator;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way from an older installation whose objects the API server keeps in a version that this one does not define: the
 * definition keeps that version until every object was written again.
 *
 * @see <a href=
 *     "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version">
 *     Upgrade existing objects to a new stored version</a>
 */
final class StoredVersions {

    private final Cluster cluster;

    StoredVersions(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Adds to a wanted definition the versions in which objects may be kept; none of them becomes the kept one. */
    static void keep(CustomResourceDefinition wanted, CustomResourceDefinition found) {
        Set<String> defined = versions(wanted);
        Set<String> stored = stored(found);
        List<CustomResourceDefinitionVersion> old = found.getSpec().getVersions().stream()
                .filter(version -> stored.contains(version.getName()) && !defined.contains(version.getName()))
                .map(version -> new CustomResourceDefinitionVersionBuilder(version).withStorage(false).build())
                .toList();
        wanted.getSpec().getVersions().addAll(old);
    }

    /** Whether a definition names versions that are not among those wanted. */
    static boolean areOld(CustomResourceDefinition wanted, CustomResourceDefinition found) {
        return !versions(wanted).containsAll(stored(found));
    }

    /** Writes each object again as it is, and then says that no other version is kept. */
    void migrate(CustomResourceDefinition wanted) {
        Key key = Key.of(wanted);
        CustomResourceDefinition found = cluster.get(InstalledKinds.DEFINITION, key).orElse(wanted);
        if (!areOld(wanted, found)) {
            return;
        }
        Kinds.OWN.stream().filter(kind -> (kind.plural() + "." + kind.group()).equals(key.name()))
                .forEach(this::rewrite);
        cluster.patchStatus(InstalledKinds.DEFINITION, key,
                Patch.of(found).field(List.copyOf(versions(wanted)), "status", "storedVersions").build());
    }

    private <T extends HasMetadata> void rewrite(Kind<T> kind) {
        for (T object : cluster.list(kind, Selection.ALL)) {
            // A patch without a change is written too, if the version in which it was kept is another.
            cluster.patch(kind, Key.of(object), Patch.of(object).build());
        }
    }

    private static Set<String> versions(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().stream().map(CustomResourceDefinitionVersion::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> stored(CustomResourceDefinition found) {
        return found.getStatus() == null ? Set.of() : Set.copyOf(found.getStatus().getStoredVersions());
    }
}
