package io.datavolume.api.event;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not used for longest, so that it stays small. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    @Serial
    private static final long serialVersionUID = 1;

    private static final float LOAD = 0.75f;

    private final int capacity;

    Recent(int capacity) {
        super(16, LOAD, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
