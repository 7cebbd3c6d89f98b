package io.datavolume.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @Test
    void objectsAreWhereTheApiHasThem() {
        assertEquals("api/v1/namespaces/ns/pods/a", Paths.of(Kinds.POD, new Key("ns", "a")));
        assertEquals("api/v1/persistentvolumes/a", Paths.of(Kinds.VOLUME, Key.cluster("a")));
        assertEquals("apis/storage.k8s.io/v1/storageclasses/a.b", Paths.of(Kinds.STORAGE_CLASS, Key.cluster("a.b")));
        assertEquals("apis/storage.k8s.io/v1/storageclasses", Paths.all(Kinds.STORAGE_CLASS, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../secrets/x", "a?x=1", "a#b", "a%2fb", "a b", "a\nb", "ü"})
    void whatIsNoNameLeadsNowhere(String name) {
        assertThrows(ClusterException.Invalid.class, () -> Paths.of(Kinds.POD, new Key("ns", name)));
        assertThrows(ClusterException.Invalid.class, () -> Paths.of(Kinds.POD, new Key(name, "a")));
        assertThrows(ClusterException.Invalid.class, () -> Paths.check(Kinds.POD, new Key(name, "a")));
    }
}
