package io.datavolume.importer;

import java.util.List;
import java.util.Optional;

/**
 * What must not stand in a {@link TransferSpec}; never printed.
 *
 * @param user user name for the source, if any
 * @param password password for the source, if any
 * @param headers extra HTTP headers, {@code Name: value}, of which some may be secret
 */
public record Secrets(Optional<String> user, Optional<String> password, List<String> headers) {

    public static final Secrets NONE = new Secrets(Optional.empty(), Optional.empty(), List.of());

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
