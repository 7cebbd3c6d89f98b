package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.crd.Crds;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds by the names that people give them: {@code dv}, {@code datavolume}, {@code datavolumes.cdi.kubevirt.io}. */
public final class KindNames {

    /** Short names of kinds that are not ours, as {@code kubectl} knows them; those of ours are in their definitions. */
    private static final Map<String, Kind<?>> SHORT = Map.of("po", Kinds.POD, "pvc", Kinds.CLAIM, "pv", Kinds.VOLUME,
            "cm", Kinds.CONFIG_MAP, "ev", Kinds.EVENT, "sc", Kinds.STORAGE_CLASS, "vsclass", Kinds.SNAPSHOT_CLASS);

    private static final List<Kind<?>> FOREIGN = List.of(Kinds.CLAIM, Kinds.POD, Kinds.EVENT, Kinds.CONFIG_MAP,
            Kinds.SECRET, Kinds.VOLUME, Kinds.STORAGE_CLASS, Kinds.CSI_DRIVER, Kinds.SNAPSHOT_CLASS);

    private KindNames() {}

    /** @throws NeedsUserException for a word that names no kind */
    public static Kind<?> find(String word) throws NeedsUserException {
        String name = word.toLowerCase(Locale.ROOT);
        Kind<?> known = SHORT.get(name);
        return known != null
                ? known
                : all().filter(kind -> bears(kind, name)).findFirst()
                        .or(() -> Kinds.OWN.stream().filter(kind -> shortNames(kind).contains(name)).findFirst())
                        .orElseThrow(() -> new NeedsUserException(Reason.USAGE, "There is no kind of object '" + word
                                + "'; there are: "
                                + all().map(KindNames::singular).collect(Collectors.joining(", "))));
    }

    /** The kind that a manifest names. */
    public static Optional<Kind<?>> of(String apiVersion, String name) {
        return all().filter(kind -> kind.name().equals(name) && kind.apiVersion().equals(apiVersion)).findFirst();
    }

    /** Every kind that can be named. */
    public static Stream<Kind<?>> all() {
        return Stream.concat(Stream.concat(Stream.of(Kinds.DATA_VOLUME), FOREIGN.stream()),
                Kinds.OWN.stream().filter(kind -> kind != Kinds.DATA_VOLUME));
    }

    /** As it stands before an object's name: {@code datavolume.cdi.kubevirt.io}. */
    public static String resource(Kind<?> kind) {
        return grouped(kind, singular(kind));
    }

    private static boolean bears(Kind<?> kind, String name) {
        return name.equals(singular(kind)) || name.equals(kind.plural())
                || !kind.group().isEmpty()
                        && (name.equals(resource(kind)) || name.equals(grouped(kind, kind.plural())));
    }

    private static String grouped(Kind<?> kind, String name) {
        return kind.group().isEmpty() ? name : name + "." + kind.group();
    }

    private static String singular(Kind<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> shortNames(Kind<?> kind) {
        return Crds.of(kind).getSpec().getNames().getShortNames();
    }
}
