package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of one of our kinds. Spec and status are null where the object has none. */
public abstract class CdiObject<S, T> extends CustomResource<S, T> {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Map<String, Object> unknown = new LinkedHashMap<>();

    /** Fields beside spec and status that this release does not know. */
    @JsonAnyGetter
    public Map<String, Object> unknown() {
        return unknown;
    }

    @JsonAnySetter
    void keep(String name, Object value) {
        unknown.put(name, value);
    }

    @Override
    protected @Nullable S initSpec() {
        return null;
    }

    @Override
    protected @Nullable T initStatus() {
        return null;
    }
}
