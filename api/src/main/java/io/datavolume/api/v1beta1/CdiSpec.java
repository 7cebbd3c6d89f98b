package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is installed, and how. */
public record CdiSpec(@Nullable String imagePullPolicy, @Nullable String uninstallStrategy, @Nullable Infra infra,
        @Nullable NodePlacement workload, @Nullable CustomizeComponents customizeComponents,
        @Nullable String cloneStrategyOverride, @Nullable CdiConfigSpec config, @Nullable CertConfig certConfig,
        @Nullable String priorityClass, @Unknown Map<String, Object> unknown) implements Part {

    public CdiSpec {
        unknown = Given.unknown(unknown);
    }
}
