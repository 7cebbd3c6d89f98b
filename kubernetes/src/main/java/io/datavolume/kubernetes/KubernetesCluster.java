package io.datavolume.kubernetes;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real cluster. Nothing is tried again here: whoever asks knows better when. What is written through this object is
 * at once known to its informers.
 */
public final class KubernetesCluster implements Cluster {

    private static final Duration FILL_AGAIN = Duration.ofSeconds(1);
    private static final Duration FILL = Duration.ofSeconds(60);
    /** As often as an API server itself merges a patch anew. */
    private static final int STATUS_TRIES = 5;
    private static final String JSON = "application/json";
    private static final String METADATA_ALONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesCluster.class);
    private static final Duration KIND_POLL = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String manager;
    private final Requests requests;
    private final Operations operations;
    private final Map<Kind<?>, KubernetesInformer<?>> informers = new ConcurrentHashMap<>();
    /** For kinds that the cluster does not have yet. */
    private final List<Thread> waiting = new CopyOnWriteArrayList<>();

    /** @param manager the name under which the cluster notes what was written here */
    public KubernetesCluster(Connection connection, String manager) {
        this.client = connection.client();
        this.manager = manager;
        this.requests = new Requests(client);
        this.operations = new Operations(client);
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        Paths.check(kind, key);
        String action = "Reading " + kind + " " + key;
        Optional<T> found = tried(action, () -> Optional.ofNullable(operations.one(kind, key).get()));
        if (found.isEmpty()) {
            operations.requireServed(kind);
        }
        return found;
    }

    @Override
    public Optional<String> version(Kind<?> kind, Key key) {
        try {
            String answer = requests.get("Reading the metadata of " + kind + " " + key, Paths.of(kind, key),
                    METADATA_ALONE);
            return Optional.ofNullable(client.getKubernetesSerialization()
                    .unmarshal(answer, PartialObjectMetadata.class).getMetadata().getResourceVersion());
        } catch (ClusterException.NotFound e) {
            operations.requireServed(kind);
            return Optional.empty();
        }
    }

    @Override
    public <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection) {
        return tried(kind, "Listing " + kind.plural(), () -> operations.some(kind, selection).list().getItems());
    }

    @Override
    public <T extends HasMetadata> T create(Kind<T> kind, T object) {
        Key key = Key.of(object);
        String name = key.name() == null ? object.getMetadata().getGenerateName() + "…" : key.name();
        String action = "Creating " + kind + " " + new Key(key.namespace(), name);
        return write(action, "POST", kind, Paths.all(kind, key.namespace()), JSON, object);
    }

    @Override
    public <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch) {
        return write("Patching " + kind + " " + key, "PATCH", kind, Paths.of(kind, key), MERGE_PATCH, patch.body());
    }

    @Override
    public <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch) {
        Optional<String> uid = kind.statusSubresource() ? StatusPatch.uidAlone(patch) : Optional.empty();
        return uid.isPresent()
                ? patchStatus(kind, key, patch, uid.get())
                : patchStatus(kind, key, StatusPatch.of(patch));
    }

    /** An API server forgets which UID a patch of a custom object's status is for, but not which version. */
    private <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch, String uid) {
        Optional<T> now = Optional.ofNullable(informers.get(kind)).flatMap(i -> this.<T>typed(i).get(key))
                .filter(known -> uid.equals(known.getMetadata().getUid()));
        for (int tries = 1;; tries++) {
            T object = now.or(() -> get(kind, key)).orElseThrow(
                    () -> new ClusterException.NotFound(
                            "Patching the status of " + kind + " " + key + " found nothing"));
            if (!uid.equals(object.getMetadata().getUid())) {
                throw new ClusterException.Conflict("Patching the status of " + kind + " " + key
                        + " was refused: another object has that name now");
            }
            try {
                return patchStatus(kind, key, StatusPatch.of(patch, object));
            } catch (ClusterException.Conflict e) {
                if (tries == STATUS_TRIES) {
                    throw e;
                }
                now = Optional.empty();
            }
        }
    }

    private <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Map<String, ?> body) {
        String path = Paths.of(kind, key) + (kind.statusSubresource() ? "/status" : "");
        return write("Patching the status of " + kind + " " + key, "PATCH", kind, path, MERGE_PATCH, body);
    }

    @Override
    public <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String uid) {
        String action = "Deleting " + kind + " " + key;
        try {
            requests.send(action, "DELETE", Paths.of(kind, key), JSON,
                    Map.of("apiVersion", "v1", "kind", "DeleteOptions", "propagationPolicy", "Background",
                            "preconditions", Map.of("uid", uid)));
            return true;
        } catch (ClusterException.NotFound e) {
            operations.requireServed(kind);
            return false;
        } catch (ClusterException.Conflict e) {
            // The server does not say in a form for programs which of the preconditions failed.
            if (get(kind, key).map(now -> now.getMetadata().getUid()).filter(uid::equals).isPresent()) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        KubernetesInformer<?> known = informers.get(kind);
        if (known == null) {
            synchronized (informers) {
                known = informers.get(kind);
                if (known == null) {
                    KubernetesInformer<T> filled = fill(kind);
                    informers.put(kind, filled);
                    known = filled;
                }
            }
        }
        return typed(known);
    }

    @Override
    public Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        String path = Paths.of(Kinds.POD, pod) + "/log?container=" + encoded(container) + "&tailLines=" + tailLines
                + "&limitBytes=" + limitBytes;
        try {
            // Empty is what the server says of a pod that has no node yet.
            return Optional.of(requests.get("Reading the log of pod " + pod, path)).filter(log -> !log.isEmpty());
        } catch (ClusterException.NotFound | ClusterException.Invalid e) {
            LOG.debug("no log yet: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Ends all informers, and the connections. */
    @Override
    public void close() {
        waiting.forEach(Thread::interrupt);
        informers.values().forEach(KubernetesInformer::close);
        client.close();
    }

    KubernetesClient client() {
        return client;
    }

    /** Right after a kind was defined, and while it starts, an API server asks for patience. */
    private <T extends HasMetadata> KubernetesInformer<T> fill(Kind<T> kind) {
        long end = System.nanoTime() + FILL.toNanos();
        while (true) {
            try {
                return fillOnce(kind);
            } catch (ClusterException.Unavailable e) {
                // Parking returns at once in an interrupted thread.
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.info("{}; again in a second", e.getMessage());
                LockSupport.parkNanos(FILL_AGAIN.toNanos());
            }
        }
    }

    private <T extends HasMetadata> KubernetesInformer<T> fillOnce(Kind<T> kind) {
        boolean served = operations.isServed(kind);
        KubernetesInformer<T> informer = new KubernetesInformer<>(operations.everywhere(kind).runnableInformer(0),
                !served);
        if (!served) {
            LOG.info("the cluster has no kind {} yet", kind);
            waiting.add(Thread.ofVirtual().name("kind-" + kind).start(() -> startWhenServed(kind, informer)));
            return informer;
        }
        try {
            Requests.await("Watching " + kind.plural(), informer.start(), FILL);
            return informer;
        } catch (ClusterException e) {
            informer.close();
            throw e;
        }
    }

    private void startWhenServed(Kind<?> kind, KubernetesInformer<?> informer) {
        try {
            do {
                Thread.sleep(KIND_POLL);
            } while (!isServed(kind));
            informer.start();
        } catch (InterruptedException e) {
            LOG.debug("no longer waiting for the kind {}", kind);
        }
    }

    private boolean isServed(Kind<?> kind) {
        try {
            return operations.isServed(kind);
        } catch (ClusterException e) {
            LOG.warn("{}; again in {} s", e.getMessage(), KIND_POLL.toSeconds());
            return false;
        }
    }

    private <T extends HasMetadata> T write(String action, String method, Kind<T> kind, String path, String contentType,
            Object body) {
        String manage = "?fieldManager=" + encoded(manager);
        try {
            String answer = requests.send(action, method, path + manage, contentType, body);
            tell(kind, answer);
            return read(kind, answer);
        } catch (ClusterException.NotFound e) {
            operations.requireServed(kind);
            throw e;
        }
    }

    private <T extends HasMetadata> T read(Kind<T> kind, String answer) {
        return client.getKubernetesSerialization().unmarshal(answer, kind.type());
    }

    /** Gives the informer an object of its own: the caller's may be changed. */
    private <T extends HasMetadata> void tell(Kind<T> kind, String answer) {
        KubernetesInformer<?> informer = informers.get(kind);
        if (informer != null) {
            T written = read(kind, answer);
            if (Operations.isWatched(written)) {
                this.<T>typed(informer).wrote(written);
            }
        }
    }

    @SuppressWarnings("unchecked") // each kind's informer is made here, of its type
    private <T extends HasMetadata> KubernetesInformer<T> typed(KubernetesInformer<?> informer) {
        return (KubernetesInformer<T>) informer;
    }

    private <R> R tried(Kind<?> kind, String action, Supplier<R> request) {
        try {
            return tried(action, request);
        } catch (ClusterException.NotFound e) {
            operations.requireServed(kind);
            throw e;
        }
    }

    private static <R> R tried(String action, Supplier<R> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw Refusal.of(action, e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
