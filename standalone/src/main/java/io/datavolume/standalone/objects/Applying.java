package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Patch;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.standalone.objects.ApplyPlanner.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates or changes the objects of manifests: first it is decided about all, then the first is written. */
public final class Applying {

    /** What became of an object; in the words of {@code kubectl}. */
    public enum Effect {
        CREATED, CONFIGURED, UNCHANGED
    }

    /** Told of each object. */
    @FunctionalInterface
    public interface Listener {
        void applied(Manifest manifest, Effect effect);
    }

    private final Cluster cluster;

    public Applying(Cluster cluster) {
        this.cluster = cluster;
    }

    /** @throws NeedsUserException with reason USAGE when one of them cannot be; then nothing was written */
    public void apply(List<Manifest> manifests, Listener listener) throws NeedsUserException {
        List<Step> steps = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Step step = ApplyPlanner.plan(manifest, cluster.get(manifest.kind(), manifest.key()));
            if (step instanceof Step.Refused refused) {
                throw new NeedsUserException(Reason.USAGE, "Tried to apply " + manifest.name() + " of "
                        + manifest.origin() + " but " + refused.why());
            }
            steps.add(step);
        }
        for (int i = 0; i < steps.size(); i++) {
            Manifest manifest = manifests.get(i);
            listener.applied(manifest, act(manifest, steps.get(i)));
        }
    }

    private Effect act(Manifest manifest, Step step) {
        return switch (step) {
            case Step.Create create -> create(manifest.kind(), create.object());
            case Step.Change change -> change(manifest, change.body());
            case Step.Unchanged unchanged -> Effect.UNCHANGED;
            case Step.Refused refused -> throw new IllegalStateException("told before");
        };
    }

    private <T extends HasMetadata> Effect create(Kind<T> kind, HasMetadata object) {
        cluster.create(kind, kind.type().cast(object));
        return Effect.CREATED;
    }

    private Effect change(Manifest manifest, Map<String, @Nullable Object> body) {
        cluster.patch(manifest.kind(), manifest.key(), new Patch(body));
        return Effect.CONFIGURED;
    }
}
