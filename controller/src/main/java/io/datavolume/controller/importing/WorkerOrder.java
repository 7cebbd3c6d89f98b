package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.wire.ImportSources;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.MetricsSpec;
import io.datavolume.importer.TransferSpec.ResumeSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.TransferSpec.TargetSpec;
import io.datavolume.importer.Wire;
import io.datavolume.storage.Bytes;
import io.datavolume.storage.FilesystemOverhead;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The one order that a worker pod gets: paths within the pod, no secrets. */
final class WorkerOrder {

    private static final int CONNECTIONS = 4;
    /** Seconds without a byte after which a connection is cut. */
    private static final int STALL = 60;
    /** Seconds without progress after which the pod fails, and is started again by the kubelet. */
    private static final int RETRY = 300;
    private static final String DIRECT = "direct";

    private WorkerOrder() {}

    /**
     * To fill a claim.
     *
     * @param target the claim that users see, whose UID the progress metric bears
     * @param overhead what the claim's filesystem needs for itself
     */
    static String of(PersistentVolumeClaim claim, PersistentVolumeClaim target, ImportRequest request,
            WorkerSettings settings, FilesystemOverhead overhead) {
        SourceSpec from = request.isBlank() ? blank() : source(request, settings);
        ResumeSpec resume = new ResumeSpec(true, WorkerMounts.isBlock(claim)
                ? Optional.of(WorkerLayout.JOURNAL_PATH)
                : Optional.empty());
        return Wire.json(new TransferSpec(from, target(claim, request, overhead), request.checksum(), resume,
                request.scratch() ? Optional.of(WorkerLayout.SCRATCH_PATH) : Optional.empty(),
                Optional.of(new MetricsSpec(WorkerLayout.METRICS_PORT, ownerUid(claim, target)))));
    }

    /** To look into a source. */
    static String inspect(ImportRequest request, WorkerSettings settings) {
        return Wire.json(new TransferSpec(TransferSpec.Action.INSPECT, source(request, settings),
                new TargetSpec("", Optional.empty(), "off", "auto", false), Optional.empty(),
                new ResumeSpec(false, Optional.empty()), Optional.empty(), Optional.empty()));
    }

    /** Whether a worker was told to write around the page cache. */
    static boolean isDirect(Pod worker) {
        return worker.getSpec().getContainers().stream().flatMap(container -> container.getEnv().stream())
                .filter(variable -> WorkerLayout.ORDER.equals(variable.getName()) && variable.getValue() != null)
                .anyMatch(variable -> isDirect(variable.getValue()));
    }

    private static boolean isDirect(String order) {
        try {
            return DIRECT.equals(Wire.spec(order).target().cache());
        } catch (IOException e) {
            // Of another version, or not of ours.
            return false;
        }
    }

    private static TargetSpec target(PersistentVolumeClaim claim, ImportRequest request, FilesystemOverhead overhead) {
        String preallocation = request.preallocation() ? "falloc" : "off";
        String cache = request.directIo() ? DIRECT : "auto";
        if (WorkerMounts.isBlock(claim)) {
            return new TargetSpec(WorkerLayout.BLOCK_DEVICE, Optional.empty(), preallocation, cache, false,
                    Optional.empty(), Optional.empty(), true);
        }
        return new TargetSpec(WorkerLayout.DISK_FILE, Optional.of(requested(claim)), preallocation, cache, false,
                Optional.of(overhead.fraction().doubleValue()), Optional.of(WorkerLayout.DISK_MODE), true);
    }

    private static SourceSpec blank() {
        return new SourceSpec(SourceSpec.BLANK, Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                List.of(), List.of(), false, Optional.empty(), Optional.empty(), CONNECTIONS, STALL, RETRY, List.of());
    }

    /** @throws IllegalStateException when the claim asks for no size, which no API server lets through */
    private static long requested(PersistentVolumeClaim claim) {
        VolumeResourceRequirements resources = claim.getSpec().getResources();
        Quantity size = resources == null || resources.getRequests() == null
                ? null
                : resources.getRequests().get("storage");
        if (size == null) {
            throw new IllegalStateException("Claim " + Key.of(claim) + " asks for no storage");
        }
        return Bytes.of("spec.resources.requests.storage", size);
    }

    /** The peer's: the one owner of the claim, else the claim. */
    private static String ownerUid(PersistentVolumeClaim claim, PersistentVolumeClaim target) {
        var owners = claim.getMetadata().getOwnerReferences();
        return owners.size() == 1 ? owners.getFirst().getUid() : target.getMetadata().getUid();
    }

    private static SourceSpec source(ImportRequest request, WorkerSettings settings) {
        boolean registry = request.source().equals(ImportSources.REGISTRY);
        List<String> certificates = new ArrayList<>();
        request.certConfigMap().ifPresent(map -> certificates.add(WorkerLayout.CERT_PATH));
        if (settings.proxy().trustsOwnCertificates()) {
            certificates.add(WorkerLayout.PROXY_CERT_PATH);
        }
        return new SourceSpec(request.endpoint(), Optional.empty(),
                request.secret().map(s -> WorkerLayout.USER_FILE),
                request.secret().map(s -> WorkerLayout.PASSWORD_FILE),
                request.headers(),
                IntStream.range(0, request.secretHeaders().size()).mapToObj(i -> WorkerLayout.HEADERS_PATH + i)
                        .toList(),
                certificates, request.insecure() || registry && isInsecure(request.endpoint(), settings),
                request.architecture(), Optional.empty(), CONNECTIONS, STALL, RETRY, settings.denied());
    }

    /** Whether an administrator has said that this registry, {@code host[:port]}, does without TLS. */
    private static boolean isInsecure(String endpoint, WorkerSettings settings) {
        try {
            String host = new URI(endpoint).getRawAuthority();
            return host != null && settings.insecureRegistries().contains(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
