package io.datavolume.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datavolume.api.cluster.Serialization;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiSpec;
import io.datavolume.api.v1beta1.CustomizeComponents;
import io.datavolume.api.v1beta1.CustomizeFlags;
import io.datavolume.api.v1beta1.CustomizePatch;
import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an administrator changes of what the operator makes: {@code spec.customizeComponents}. Flags come first, then the
 * patches in their order; an object that was changed bears the digest of the whole customization.
 */
final class Customization {

    private static final Set<String> KINDS = Set.of("deployment", "service", "validatingwebhookconfiguration",
            "mutatingwebhookconfiguration", "apiservice");
    private static final String ALL = "*";

    private final CustomizeComponents wanted;
    private final String identifier;

    private Customization(CustomizeComponents wanted) {
        this.wanted = wanted;
        this.identifier = sha1(Serialization.OF_OBJECTS.asJson(wanted));
    }

    /**
     * The objects, with what the resource changes of them.
     *
     * @throws IllegalArgumentException saying which patch cannot be applied, and why
     */
    static List<HasMetadata> apply(Cdi cdi, List<HasMetadata> objects) {
        Optional<Customization> asked = Optional.ofNullable(cdi.getSpec()).map(CdiSpec::customizeComponents)
                .map(Customization::new);
        return asked.isEmpty() ? objects : objects.stream().map(asked.get()::apply).toList();
    }

    private HasMetadata apply(HasMetadata object) {
        if (!KINDS.contains(object.getKind().toLowerCase(Locale.ROOT))) {
            return object;
        }
        boolean flagged = object instanceof Deployment deployment && addFlags(deployment);
        HasMetadata changed = object;
        for (CustomizePatch patch : wanted.patches()) {
            if (isFor(patch, object)) {
                changed = patched(changed, patch);
            }
        }
        if (flagged || changed != object) {
            Map<String, String> annotations = new TreeMap<>(Optional.ofNullable(changed.getMetadata().getAnnotations())
                    .orElse(Map.of()));
            annotations.put(Annotations.CUSTOMIZER_IDENTIFIER, identifier);
            changed.getMetadata().setAnnotations(annotations);
        }
        return changed;
    }

    private boolean addFlags(Deployment deployment) {
        CustomizeFlags flags = wanted.flags();
        if (flags == null || !deployment.getMetadata().getName().equals(ControllerDeployment.NAME)
                || flags.controller().isEmpty()) {
            return false;
        }
        Container container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        List<String> arguments = new ArrayList<>(container.getArgs());
        new TreeMap<>(flags.controller()).forEach((name, value) -> {
            arguments.add("-" + name);
            if (!value.isEmpty()) {
                arguments.add(value);
            }
        });
        container.setArgs(arguments);
        return true;
    }

    private static boolean isFor(CustomizePatch patch, HasMetadata object) {
        return (patch.resourceType().equals(ALL) || patch.resourceType().equalsIgnoreCase(object.getKind()))
                && (patch.resourceName().equals(ALL) || patch.resourceName().equals(object.getMetadata().getName()));
    }

    private static HasMetadata patched(HasMetadata object, CustomizePatch patch) {
        try {
            return Serialization.OF_OBJECTS.unmarshal(
                    PatchType.of(patch.type()).apply(Serialization.OF_OBJECTS.asJson(object), patch.patch()),
                    object.getClass());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("spec.customizeComponents: the " + patch.type() + " patch of "
                    + patch.resourceType() + " " + patch.resourceName() + " cannot be applied to " + object.getKind()
                    + " " + object.getMetadata().getName() + ": " + e.getMessage(), e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
