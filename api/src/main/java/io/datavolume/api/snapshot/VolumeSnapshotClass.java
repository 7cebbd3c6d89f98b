package io.datavolume.api.snapshot;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How snapshots of a CSI driver's volumes are made. Only what is read here is named. */
@Group("snapshot.storage.k8s.io")
@Version("v1")
@Kind("VolumeSnapshotClass")
@Plural("volumesnapshotclasses")
public final class VolumeSnapshotClass extends CustomResource<Void, Void> {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Map<String, Object> unknown = new LinkedHashMap<>();
    private String driver = "";
    private Map<String, String> parameters = Map.of();

    /** Name of the CSI driver. */
    public String getDriver() {
        return driver;
    }

    public void setDriver(@Nullable String driver) {
        this.driver = driver == null ? "" : driver;
    }

    public Map<String, String> getParameters() {
        return parameters;
    }

    public void setParameters(@Nullable Map<String, String> parameters) {
        this.parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }

    /** Fields that are not read here. */
    @JsonAnyGetter
    public Map<String, Object> unknown() {
        return unknown;
    }

    @JsonAnySetter
    void keep(String name, Object value) {
        unknown.put(name, value);
    }
}
