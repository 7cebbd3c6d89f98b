package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that there is to say about an object, in lines for a person. */
public final class Description {

    private static final int LOG_LINES = 5;
    private static final int LOG_BYTES = 16 << 10;
    private static final int INDENT = 16;

    private final Cluster cluster;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> about = new HashSet<>();

    private Description(Cluster cluster, Instant now) {
        this.cluster = cluster;
        this.now = now;
    }

    /** Name, labels, annotations and events; of a DataVolume also state, claim, worker and the end of its log. */
    public static List<String> of(Cluster cluster, HasMetadata object, Instant now) {
        Description description = new Description(cluster, now);
        description.head(object);
        if (object instanceof DataVolume volume) {
            description.volume(volume);
        }
        description.events(object);
        return description.lines;
    }

    private void head(HasMetadata object) {
        field("Name", object.getMetadata().getName());
        if (object.getMetadata().getNamespace() != null) {
            field("Namespace", object.getMetadata().getNamespace());
        }
        field("Kind", object.getKind());
        field("Age", Age.of(object.getMetadata().getCreationTimestamp(), now));
        map("Labels", object.getMetadata().getLabels());
        map("Annotations", object.getMetadata().getAnnotations());
        about.add(String.valueOf(object.getMetadata().getUid()));
    }

    private void volume(DataVolume volume) {
        Key key = Key.of(volume);
        Optional<PersistentVolumeClaim> claim = cluster.get(Kinds.CLAIM, key);
        VolumeState state = VolumeState.of(volume, claim);
        field("Phase", state.phase().text());
        field("Progress", volume.statusOrEmpty().progress());
        if (!state.isComplete() && !state.note().isEmpty()) {
            field("Waits for", state.note());
        }
        claim.flatMap(filled -> Annotations.of(filled, RetryAnnotations.NEXT))
                .ifPresent(next -> field("Next try", next));
        lines.add("Conditions:");
        table(List.of("TYPE", "STATUS", "REASON", "MESSAGE"), volume.statusOrEmpty().conditions().stream()
                .map(c -> List.of(c.type(), c.status(), c.reason(), c.message())).toList());
        claim.ifPresent(filled -> {
            about.add(filled.getMetadata().getUid());
            field("Claim", key.name() + ", " + CoreColumns.phase(filled) + ", "
                    + Objects.requireNonNullElse(filled.getSpec().getStorageClassName(), "no storage class"));
        });
        for (Pod pod : WorkerPods.of(cluster, key)) {
            about.add(pod.getMetadata().getUid());
            field("Worker", pod.getMetadata().getName() + ", " + PodText.status(pod) + ", restarted "
                    + PodText.restarts(pod) + " times");
            lines.add("Log:");
            WorkerPods.log(cluster, pod, LOG_LINES, LOG_BYTES).lines().forEach(line -> lines.add("  " + line));
        }
    }

    private void events(HasMetadata object) {
        List<Event> events = cluster.list(Kinds.EVENT, Optional.ofNullable(object.getMetadata().getNamespace())
                .map(Selection::in).orElse(Selection.ALL)).stream()
                .filter(event -> event.getInvolvedObject() != null && event.getInvolvedObject().getUid() != null
                        && about.contains(event.getInvolvedObject().getUid()))
                .sorted(EventTime.ORDER).toList();
        lines.add("Events:");
        table(List.of("AGE", "TYPE", "REASON", "OBJECT", "MESSAGE"), events.stream()
                .map(event -> List.of(Age.of(EventTime.of(event), now), given(event.getType()),
                        given(event.getReason()), given(event.getInvolvedObject().getKind()),
                        given(event.getMessage()).strip()))
                .toList());
    }

    private void field(String name, String value) {
        lines.add((name + ":" + " ".repeat(Math.max(1, INDENT - name.length() - 1)) + value).stripTrailing());
    }

    private void map(String name, @Nullable Map<String, String> map) {
        String title = name + ":";
        for (Map.Entry<String, String> entry : Objects.requireNonNullElse(map, Map.<String, String>of()).entrySet()) {
            if (!entry.getKey().equals(ApplyPlanner.LAST_APPLIED)) {
                lines.add(title + " ".repeat(INDENT - title.length()) + entry.getKey() + "=" + entry.getValue());
                title = "";
            }
        }
    }

    private void table(List<String> header, List<List<String>> rows) {
        int[] widths = header.stream().mapToInt(String::length).toArray();
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        if (rows.isEmpty()) {
            lines.add("  none");
            return;
        }
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private static String given(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
