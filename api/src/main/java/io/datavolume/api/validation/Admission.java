package io.datavolume.api.validation;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.v1beta1.CdiObject;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.VolumeImportSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an API server and the webhook say of a new object of one of our kinds, where there is neither: first its schema,
 * then the rules of its kind.
 */
public final class Admission {

    private static final Map<Kind<?>, ObjectSchema> SCHEMAS = new ConcurrentHashMap<>();

    private Admission() {}

    /** What is wrong with an object first; kinds that are not ours are always right. */
    public static Optional<Violation> check(Kind<?> kind, Map<String, ?> object) {
        if (!Kinds.OWN.contains(kind)) {
            return Optional.empty();
        }
        return schema(kind).check(object).stream().findFirst().or(() -> rules(kind, object));
    }

    /** The same for an object that has been read already; fields that are not known were kept. */
    @SuppressWarnings("unchecked") // JSON objects are maps of strings
    public static Optional<Violation> check(Kind<?> kind, CdiObject<?, ?> object) {
        return check(kind, (Map<String, ?>) Serialization.tree(object));
    }

    private static ObjectSchema schema(Kind<?> kind) {
        return SCHEMAS.computeIfAbsent(kind, ObjectSchema::of);
    }

    // Only after the schema: what does not fit it cannot be read.
    private static Optional<Violation> rules(Kind<?> kind, Map<String, ?> object) {
        if (kind == Kinds.DATA_VOLUME) {
            return DataVolumeRules.check(Serialization.OF_OBJECTS.convertValue(object, DataVolume.class));
        }
        return kind == Kinds.VOLUME_IMPORT_SOURCE
                ? VolumeImportSourceRules.check(Serialization.OF_OBJECTS.convertValue(object, VolumeImportSource.class))
                : Optional.empty();
    }
}
