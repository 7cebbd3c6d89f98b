package io.datavolume.standalone.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * A column of a table of objects.
 *
 * @param name in capitals
 * @param wide whether it is shown only where there is room
 * @param value what stands there for an object at a time
 */
record Column(String name, boolean wide, BiFunction<HasMetadata, Instant, String> value) {

    static <T extends HasMetadata> Column of(String name, Class<T> type, java.util.function.Function<T, String> value) {
        return new Column(name, false, (object, now) -> value.apply(type.cast(object)));
    }

    static Column age() {
        return new Column("AGE", false, (object, now) -> Age.of(object.getMetadata().getCreationTimestamp(), now));
    }

    Column onlyWide() {
        return new Column(name, true, value);
    }
}
