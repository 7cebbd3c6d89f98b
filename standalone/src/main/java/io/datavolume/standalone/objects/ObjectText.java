package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Serialization;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects as YAML or JSON, as they can be applied again. */
public final class ObjectText {

    private ObjectText() {}

    /** @param single whether one object was asked for by its name */
    public static String yaml(List<? extends HasMetadata> objects, boolean single) {
        return Serialization.OF_OBJECTS.asYaml(whole(objects, single)).strip();
    }

    /** @param single whether one object was asked for by its name */
    public static String json(List<? extends HasMetadata> objects, boolean single) {
        return Serialization.OF_OBJECTS.asJson(whole(objects, single));
    }

    private static Object whole(List<? extends HasMetadata> objects, boolean single) {
        if (single && objects.size() == 1) {
            return objects.getFirst();
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", objects);
        return list;
    }
}
