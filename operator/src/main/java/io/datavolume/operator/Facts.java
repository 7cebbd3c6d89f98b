package io.datavolume.operator;

import java.util.Set;

/**
 * What a cluster has, on which the plan depends.
 *
 * @param priorityClasses names of those there are
 * @param hasVolumePopulators whether the kind VolumePopulator is there
 */
public record Facts(Set<String> priorityClasses, boolean hasVolumePopulators) {

    /** A cluster without anything special. */
    public static final Facts NONE = new Facts(Set.of(), false);

    public Facts {
        priorityClasses = Set.copyOf(priorityClasses);
    }
}
