package io.datavolume.controller.config;

import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.api.v1beta1.CdiConfigSpec;
import io.datavolume.api.v1beta1.CdiConfigStatus;
import io.datavolume.api.v1beta1.FilesystemOverhead;
import io.datavolume.api.v1beta1.ImportProxy;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.FeatureGates;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what CDIConfig says: its spec is the administrator's or the installation's, its status is what counts. */
final class ConfigPlanner {

    private static final CdiConfigSpec EMPTY = spec(List.of());
    private static final ImportProxy NO_PROXY = new ImportProxy("", "", "", "", Map.of());

    private ConfigPlanner() {}

    /**
     * The configuration.
     *
     * @param config as it is, if it is there
     * @param cdi the installation, if there is one
     * @param clusterProxy the proxy of the whole cluster, where it has such a thing
     */
    static ConfigPlan plan(Optional<CdiConfig> config, Optional<Cdi> cdi, StorageClasses classes,
            Optional<ImportProxy> clusterProxy) {
        CdiConfigSpec spec = spec(config, cdi);
        Optional<CdiConfigStatus> before = config.map(CdiConfig::getStatus);
        List<String> problems = new ArrayList<>();
        CdiConfigStatus status = new CdiConfigStatus(spec.uploadProxyUrlOverride(),
                before.map(CdiConfigStatus::uploadProxyCa).orElse(null), proxy(spec.importProxy(), clusterProxy),
                Optional.ofNullable(spec.scratchSpaceStorageClass()).filter(name -> classes.named(name).isPresent())
                        .orElse(""),
                WorkerResources.of(spec.podResourceRequirements(), problems::add),
                overhead(spec.filesystemOverhead(), classes, problems::add),
                Boolean.TRUE.equals(spec.preallocation()), spec.imagePullSecrets(),
                before.map(CdiConfigStatus::unknown).orElse(Map.of()));
        return new ConfigPlan(spec, status, List.copyOf(problems));
    }

    private static CdiConfigSpec spec(Optional<CdiConfig> config, Optional<Cdi> cdi) {
        Optional<Cdi> authority = cdi.filter(found -> Annotations.has(found, Annotations.CONFIG_AUTHORITY));
        if (authority.isPresent()) {
            return authority.map(Cdi::getSpec).map(found -> found.config()).orElse(EMPTY);
        }
        // Where nobody has said anything yet, what the installation would say by default.
        return config.isEmpty()
                ? spec(List.of(FeatureGates.HONOR_WAIT_FOR_FIRST_CONSUMER))
                : config.map(CdiConfig::getSpec).orElse(EMPTY);
    }

    private static CdiConfigSpec spec(List<String> featureGates) {
        return new CdiConfigSpec(null, null, null, null, featureGates, null, null, List.of(), null, null, List.of(),
                null, null, Map.of());
    }

    private static ImportProxy proxy(@Nullable ImportProxy given, Optional<ImportProxy> ofCluster) {
        ImportProxy proxy = given != null ? given : ofCluster.orElse(NO_PROXY);
        return new ImportProxy(text(proxy.httpProxy()), text(proxy.httpsProxy()), text(proxy.noProxy()),
                text(proxy.trustedCaProxy()), proxy.unknown());
    }

    private static FilesystemOverhead overhead(@Nullable FilesystemOverhead given, StorageClasses classes,
            Consumer<String> problems) {
        String global = "";
        Map<String, String> ofClass = Map.of();
        if (given != null) {
            global = given.global();
            ofClass = given.storageClass();
        }
        String effective = usable("spec.filesystemOverhead.global", global,
                io.datavolume.storage.FilesystemOverhead.DEFAULT.toString(), problems);
        Map<String, String> effectiveOfClass = new LinkedHashMap<>();
        for (StorageClass storageClass : classes.all()) {
            String name = storageClass.getMetadata().getName();
            effectiveOfClass.put(name, usable("spec.filesystemOverhead.storageClass." + name,
                    ofClass.getOrDefault(name, ""), effective, problems));
        }
        return new FilesystemOverhead(effective, effectiveOfClass, Map.of());
    }

    private static String usable(String field, String given, String fallback, Consumer<String> problems) {
        if (given.isEmpty()) {
            return fallback;
        }
        if (io.datavolume.storage.FilesystemOverhead.parse(given).isPresent()) {
            return given;
        }
        problems.accept(field + ": \"" + given + "\" is no share between 0 and 1 with at most three decimals, such as "
                + "0.055; " + fallback + " is used");
        return fallback;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
