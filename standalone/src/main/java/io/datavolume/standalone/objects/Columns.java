package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.crd.Crds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of a kind: of ours as their definitions say, of Kubernetes' as {@code kubectl} shows them. */
final class Columns {

    private Columns() {}

    /** All but the name, which is always the first. */
    static List<Column> of(Kind<?> kind) {
        return Kinds.OWN.contains(kind) ? defined(kind) : CoreColumns.of(kind);
    }

    private static List<Column> defined(Kind<?> kind) {
        List<CustomResourceColumnDefinition> columns = Crds.of(kind).getSpec().getVersions().getFirst()
                .getAdditionalPrinterColumns();
        return columns == null || columns.isEmpty()
                ? List.of(Column.age())
                : columns.stream().map(Columns::defined).toList();
    }

    private static Column defined(CustomResourceColumnDefinition definition) {
        String path = definition.getJsonPath();
        boolean date = "date".equals(definition.getType());
        return new Column(definition.getName().toUpperCase(Locale.ROOT),
                Objects.requireNonNullElse(definition.getPriority(), 0) > 0, (object, now) -> {
                    Object value = value(object, path);
                    String text = value == null ? "" : String.valueOf(value);
                    return date ? Age.of(text, now) : text;
                });
    }

    /** What a path like {@code .status.phase} leads to; the definitions have no others. */
    private static @Nullable Object value(HasMetadata object, String path) {
        Object at = Serialization.tree(object);
        for (String name : path.substring(1).split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at;
    }
}
