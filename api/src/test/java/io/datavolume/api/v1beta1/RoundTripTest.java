package io.datavolume.api.v1beta1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RoundTripTest {

    static final List<Kind<?>> KINDS = Kinds.OWN;

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @ParameterizedTest
    @FieldSource("KINDS")
    void everyFieldSurvivesKnownAndUnknownAtEveryLevel(Kind<?> kind) {
        Map<String, Object> object = skeleton(kind);
        object.put("spec", Shape.full(Shape.part(kind.type(), 0)));
        object.put("status", Shape.full(Shape.part(kind.type(), 1)));
        object.put("addedLater", Map.of("a", 1));
        assertEquals(object, roundTrip(kind, object));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void nothingIsInvented(Kind<?> kind) {
        Map<String, Object> bare = skeleton(kind);
        assertEquals(bare, roundTrip(kind, bare));
        bare.put("spec", Map.of());
        bare.put("status", Map.of());
        assertEquals(bare, roundTrip(kind, bare));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void kindsAreNamedAsInTheirClasses(Kind<?> kind) throws ReflectiveOperationException {
        CdiObject<?, ?> object = (CdiObject<?, ?>) kind.type().getDeclaredConstructor().newInstance();
        assertEquals(kind.apiVersion(), object.getApiVersion());
        assertEquals(kind.name(), object.getKind());
        assertEquals(kind.plural(), object.getPlural());
        assertEquals(kind.namespaced() ? "Namespaced" : "Cluster", object.getScope());
        assertFalse(kind.name().isEmpty());
    }

    private Map<String, Object> skeleton(Kind<?> kind) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.name());
        object.put("metadata", Map.of("name", "it", "addedLater", "text"));
        return object;
    }

    @SuppressWarnings("unchecked") // JSON objects are maps of strings
    private Map<String, Object> roundTrip(Kind<?> kind, Map<String, Object> object) {
        return JSON.unmarshal(JSON.asJson(JSON.unmarshal(JSON.asJson(object), kind.type())), Map.class);
    }
}
