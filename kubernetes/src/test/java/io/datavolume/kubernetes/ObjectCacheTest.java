package io.datavolume.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Key;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectCacheTest {

    private static final Key A = new Key("ns", "a");
    private static final Index<ConfigMap> BY_VALUE = new Index<>("value", map -> List.copyOf(map.getData().values()));

    private final ObjectCache<ConfigMap> cache = new ObjectCache<>();

    @Test
    void theStreamMakesChangesWithBeforeAndAfter() {
        ConfigMap first = object("u", 1);
        ConfigMap second = object("u", 2);
        assertEquals(change(null, first), cache.streamed(first));
        assertEquals(change(first, second), cache.streamed(second));
        assertEquals(change(second, null), cache.gone(object("u", 3)));
        assertNull(cache.get(A));
    }

    @Test
    void whatWasWrittenHereIsKnownBeforeTheStreamTellsOfIt() {
        ConfigMap first = object("u", 1);
        ConfigMap written = object("u", 2);
        cache.streamed(first);
        assertEquals(change(first, written), cache.wrote(written));
        assertSame(written, cache.get(A));
    }

    @Test
    void theEchoOfAWriteIsNoChangeButTheObjectThatIsKept() {
        ConfigMap echo = object("u", 2);
        cache.wrote(object("u", 2));
        assertEquals(Optional.empty(), cache.streamed(echo));
        assertSame(echo, cache.get(A));
    }

    @Test
    void anOlderEventDoesNotUndoWhatWasWrittenHere() {
        cache.streamed(object("u", 1));
        ConfigMap written = object("u", 3);
        cache.wrote(written);
        assertEquals(Optional.empty(), cache.streamed(object("u", 2)));
        assertSame(written, cache.get(A));
    }

    @Test
    void anAnswerThatComesAfterItsEventChangesNothing() {
        cache.streamed(object("u", 3));
        assertEquals(Optional.empty(), cache.wrote(object("u", 2)));
        assertEquals("3", version());
    }

    @Test
    void anAnswerThatComesAfterTheEndOfItsObjectBringsNothingBack() {
        cache.streamed(object("u", 1));
        cache.gone(object("u", 3));
        assertEquals(Optional.empty(), cache.wrote(object("u", 2)));
        assertNull(cache.get(A));
    }

    @Test
    void theWriteThatRemovesTheLastFinalizerLeavesTheEndToTheStream() {
        cache.streamed(object("u", 1));
        ConfigMap over = new ConfigMapBuilder(object("u", 2)).editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata().build();
        assertEquals(Optional.empty(), cache.wrote(over));
        assertEquals("1", version());
    }

    @Test
    void theEndOfAnObjectDoesNotEndItsSuccessorWrittenHere() {
        ConfigMap first = object("u", 1);
        ConfigMap successor = object("v", 5);
        cache.streamed(first);
        assertEquals(change(first, successor), cache.wrote(successor));
        assertEquals(Optional.empty(), cache.gone(object("u", 4)));
        assertSame(successor, cache.get(A));
    }

    @Test
    void whatWasWrittenHereAndIsNotInANewerListIsGone() {
        ConfigMap written = object("u", 2);
        cache.wrote(written);
        assertEquals(List.of(change(written, null).orElseThrow()), cache.listed("4", key -> false));
        assertNull(cache.get(A));
    }

    @Test
    void whatWasWrittenHereAfterAListStays() {
        ConfigMap written = object("u", 5);
        cache.wrote(written);
        assertEquals(List.of(), cache.listed("4", key -> false));
        assertSame(written, cache.get(A));
    }

    @Test
    void whatAListHoldsStays() {
        ConfigMap written = object("u", 2);
        cache.wrote(written);
        assertEquals(List.of(), cache.listed("4", A::equals));
        assertSame(written, cache.get(A));
    }

    @Test
    void versionsThatAreNoNumbersLeaveAllToTheStream() {
        assertEquals(Optional.empty(), cache.wrote(object("u", "opaque")));
        assertTrue(cache.streamed(object("u", "opaque")).isPresent());
        assertTrue(cache.streamed(object("u", "other")).isPresent());
        assertTrue(cache.gone(object("u", "last")).isPresent());
    }

    @Test
    void indexesFollowTheirObjects() {
        cache.indexes().add(BY_VALUE, cache.list());
        cache.streamed(object("u", 1));
        assertEquals(Set.of(A), cache.indexes().find(BY_VALUE, "1"));
        cache.streamed(object("u", 2));
        assertEquals(Set.of(), cache.indexes().find(BY_VALUE, "1"));
        assertEquals(Set.of(A), cache.indexes().find(BY_VALUE, "2"));
        cache.gone(object("u", 3));
        assertEquals(Set.of(), cache.indexes().find(BY_VALUE, "2"));
    }

    @Test
    void anIndexThatCannotReadAnObjectDoesNotFindIt() {
        cache.indexes().add(BY_VALUE, cache.list());
        ConfigMap without = new ConfigMapBuilder(object("u", 1)).withData(null).build();
        assertTrue(cache.streamed(without).isPresent());
    }

    private String version() {
        ConfigMap known = cache.get(A);
        return known == null ? "none" : known.getMetadata().getResourceVersion();
    }

    private static Optional<ObjectCache.Change<ConfigMap>> change(@Nullable ConfigMap before,
            @Nullable ConfigMap after) {
        return Optional.of(new ObjectCache.Change<>(Optional.ofNullable(before), Optional.ofNullable(after)));
    }

    private static ConfigMap object(String uid, int version) {
        return object(uid, "" + version);
    }

    private static ConfigMap object(String uid, String version) {
        return new ConfigMapBuilder().withNewMetadata().withNamespace("ns").withName("a").withUid(uid)
                .withResourceVersion(version).endMetadata().withData(Map.of("k", version)).build();
    }
}
