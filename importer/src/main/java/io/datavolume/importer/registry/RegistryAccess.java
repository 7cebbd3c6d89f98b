package io.datavolume.importer.registry;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a registry may be spoken to. Trusted certificates, proxies and forbidden addresses are the HTTP transport's.
 *
 * @param credentials given only to this registry and to the token server that it names, only when asked for
 * @param insecure whether plain HTTP will do where the registry does not speak HTTPS
 * @param retry how long to try again without progress before a failure is final; zero for one attempt only
 * @param warnings told why it is tried again
 */
public record RegistryAccess(RegistryCredentials credentials, boolean insecure, Duration retry,
        Consumer<String> warnings) {

    public RegistryAccess(RegistryCredentials credentials, boolean insecure, Duration retry) {
        this(credentials, insecure, retry, message -> {});
    }
}
