package io.datavolume.controller.config;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Processor time and memory of worker pods. */
final class WorkerResources {

    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";

    private static final Map<String, Quantity> LIMITS = Map.of(CPU, new Quantity("750m"), MEMORY, new Quantity("600M"));
    private static final Map<String, Quantity> REQUESTS = Map.of(CPU, new Quantity("100m"), MEMORY,
            new Quantity("60M"));

    private WorkerResources() {}

    /** Where an administrator says nothing. */
    static ResourceRequirements defaults() {
        return of(null, problem -> {});
    }

    /**
     * What an administrator says, each of the four values by itself, and the defaults for the rest. A default gives way
     * where it would contradict what was said: no pod starts whose request is above its limit.
     *
     * @param problems told of each value that cannot be read; its default stands in
     */
    static ResourceRequirements of(@Nullable ResourceRequirements given, Consumer<String> problems) {
        ResourceRequirementsBuilder result = new ResourceRequirementsBuilder();
        for (String name : List.of(CPU, MEMORY)) {
            Optional<Quantity> limit = value("limits", given == null ? null : given.getLimits(), name, problems);
            Optional<Quantity> request = value("requests", given == null ? null : given.getRequests(), name, problems);
            Quantity defaultLimit = Objects.requireNonNull(LIMITS.get(name));
            Quantity defaultRequest = Objects.requireNonNull(REQUESTS.get(name));
            result.addToLimits(name, limit.or(() -> request.filter(found -> exceeds(found, defaultLimit)))
                    .orElse(defaultLimit));
            result.addToRequests(name, request.or(() -> limit.filter(found -> exceeds(defaultRequest, found)))
                    .orElse(defaultRequest));
        }
        return result.build();
    }

    private static boolean exceeds(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) > 0;
    }

    private static Optional<Quantity> value(String kind, @Nullable Map<String, Quantity> quantities, String name,
            Consumer<String> problems) {
        Quantity quantity = quantities == null ? null : quantities.get(name);
        if (quantity == null) {
            return Optional.empty();
        }
        try {
            if (quantity.getNumericalAmount().signum() >= 0) {
                return Optional.of(quantity);
            }
        } catch (IllegalArgumentException e) {
            // As bad as a negative one.
        }
        problems.accept("spec.podResourceRequirements." + kind + "." + name + ": \"" + quantity
                + "\" is no amount of " + name + "; the default is used");
        return Optional.empty();
    }
}
