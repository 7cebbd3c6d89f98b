package io.datavolume.controller.config;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.api.v1beta1.CdiConfigSpec;
import io.datavolume.api.v1beta1.CdiConfigStatus;
import io.datavolume.api.v1beta1.ImportProxy;
import io.datavolume.api.v1beta1.NodePlacement;
import io.datavolume.api.wire.FeatureGates;
import io.datavolume.api.wire.Names;
import io.datavolume.storage.FilesystemOverhead;
import io.datavolume.storage.Overheads;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What counts for imports in this cluster at this moment. What CDIConfig will say once it is written counts already, so
 * that nothing depends on who comes first.
 *
 * @param resources of worker pods; not to be changed
 * @param proxy of workers; each of its members is empty where there is none
 * @param insecureRegistries {@code host[:port]} of registries without TLS
 * @param pullSecrets of worker pods
 * @param preallocation where a DataVolume does not say
 * @param scratchClass for scratch space, if an administrator wants one that exists
 * @param placement of worker pods
 * @param logVerbosity of workers, if given
 * @param webhookRendering whether the admission webhook may render claims
 */
public record ConfigView(Set<String> featureGates, Overheads overheads, ResourceRequirements resources,
        ImportProxy proxy, List<String> insecureRegistries, List<LocalObjectReference> pullSecrets,
        boolean preallocation, Optional<String> scratchClass, NodePlacement placement, Optional<Integer> logVerbosity,
        boolean webhookRendering) {

    private static final String DISABLED = "Disabled";
    private static final NodePlacement ANYWHERE = new NodePlacement(Map.of(), null, List.of(), Map.of());
    private static final ImportProxy NO_PROXY = new ImportProxy("", "", "", "", Map.of());

    public ConfigView {
        featureGates = Set.copyOf(featureGates);
        insecureRegistries = List.copyOf(insecureRegistries);
        pullSecrets = List.copyOf(pullSecrets);
    }

    /** As a cluster has it now. */
    public static ConfigView read(Cluster cluster) {
        return of(cluster.informer(Kinds.CDI_CONFIG).get(Key.cluster(Names.CONFIG)),
                ActiveCdi.of(cluster.informer(Kinds.CDI).list()));
    }

    static ConfigView of(Optional<CdiConfig> config, Optional<Cdi> cdi) {
        Optional<CdiConfigStatus> written = config.map(CdiConfig::getStatus);
        Supplier<ConfigPlan> planned = () -> ConfigPlanner.plan(config, cdi, StorageClasses.of(List.of()),
                Optional.empty());
        CdiConfigSpec spec = written.flatMap(is -> config.map(CdiConfig::getSpec))
                .orElseGet(() -> planned.get().spec());
        CdiConfigStatus status = written.orElseGet(() -> planned.get().status());
        return new ConfigView(Set.copyOf(spec.featureGates()),
                Optional.ofNullable(status.filesystemOverhead()).map(ConfigView::overheads).orElse(Overheads.NONE),
                Optional.ofNullable(status.defaultPodResourceRequirements()).orElseGet(WorkerResources::defaults),
                Optional.ofNullable(status.importProxy()).orElse(NO_PROXY),
                // The wire reads these from the spec: they are not in the status.
                spec.insecureRegistries(), status.imagePullSecrets(), Boolean.TRUE.equals(status.preallocation()),
                Optional.ofNullable(status.scratchSpaceStorageClass()).filter(name -> !name.isEmpty()),
                cdi.map(Cdi::getSpec).map(found -> found.workload()).orElse(ANYWHERE),
                Optional.ofNullable(spec.logVerbosity()),
                Optional.ofNullable(spec.webhookPvcRendering()).filter(DISABLED::equals).isEmpty());
    }

    /** Whether workers wait for the first consumer of a claim where its storage class does. */
    public boolean honorsWaitForFirstConsumer() {
        return featureGates.contains(FeatureGates.HONOR_WAIT_FOR_FIRST_CONSUMER);
    }

    /** Whether a claim of the same name is taken over, unless the DataVolume says otherwise. */
    public boolean adoptsClaims() {
        return featureGates.contains(FeatureGates.CLAIM_ADOPTION);
    }

    private static Overheads overheads(io.datavolume.api.v1beta1.FilesystemOverhead status) {
        return new Overheads(FilesystemOverhead.parse(status.global()).orElse(FilesystemOverhead.DEFAULT),
                status.storageClass().entrySet().stream()
                        .filter(entry -> FilesystemOverhead.parse(entry.getValue()).isPresent())
                        .collect(Collectors.toMap(Map.Entry::getKey,
                                entry -> FilesystemOverhead.parse(entry.getValue()).orElseThrow())));
    }
}
