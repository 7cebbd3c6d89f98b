package io.datavolume.api.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * Which objects of a kind.
 *
 * @param namespace only this one, if given
 * @param labels labels that must all be there with these values
 */
public record Selection(Optional<String> namespace, Map<String, String> labels) {

    public static final Selection ALL = new Selection(Optional.empty(), Map.of());

    public static Selection in(String namespace) {
        return new Selection(Optional.of(namespace), Map.of());
    }
}
