package io.datavolume.kubernetes;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys by the values of their objects' indexes. Reads are safe at any time; changes one at a time. */
final class IndexTable<T extends HasMetadata> {

    private static final Logger LOG = LoggerFactory.getLogger(IndexTable.class);

    private record Column<T extends HasMetadata>(Index<T> index, Map<String, Set<Key>> keys) {}

    private final Map<String, Column<T>> columns = new ConcurrentHashMap<>();

    /** Makes an index known, and fills it. */
    void add(Index<T> index, Collection<T> objects) {
        if (columns.containsKey(index.name())) {
            return;
        }
        Column<T> column = new Column<>(index, new ConcurrentHashMap<>());
        objects.forEach(object -> fill(column, Key.of(object), object));
        columns.put(index.name(), column);
    }

    /** Keys whose objects have, or had a moment ago, this value. */
    Set<Key> find(Index<T> index, String value) {
        Column<T> column = columns.get(index.name());
        if (column == null) {
            throw new IllegalStateException("the index '" + index.name() + "' was not made known");
        }
        return column.keys.getOrDefault(value, Set.of());
    }

    void replace(Key key, @Nullable T before, @Nullable T after) {
        for (Column<T> column : columns.values()) {
            if (before != null) {
                for (String value : values(column.index, before)) {
                    column.keys.computeIfPresent(value, (v, keys) -> {
                        keys.remove(key);
                        return keys.isEmpty() ? null : keys;
                    });
                }
            }
            if (after != null) {
                fill(column, key, after);
            }
        }
    }

    static <T extends HasMetadata> Collection<String> values(Index<T> index, T object) {
        try {
            return index.values().apply(object);
        } catch (RuntimeException e) {
            // One strange object must not end the informer for all.
            LOG.error("index {}: cannot read {}", index.name(), Key.of(object), e);
            return List.of();
        }
    }

    private static <T extends HasMetadata> void fill(Column<T> column, Key key, T object) {
        for (String value : values(column.index, object)) {
            column.keys.computeIfAbsent(value, v -> ConcurrentHashMap.newKeySet()).add(key);
        }
    }
}
