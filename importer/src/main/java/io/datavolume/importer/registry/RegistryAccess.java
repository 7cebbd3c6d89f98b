package io.datavolume.importer.registry;

/**
 * How a registry may be spoken to. Trusted certificates, proxies and forbidden addresses are the HTTP transport's.
 *
 * @param credentials given only to this registry and to the token server that it names, only when asked for
 * @param insecure whether plain HTTP will do where the registry does not speak HTTPS
 */
public record RegistryAccess(RegistryCredentials credentials, boolean insecure) {

    /** No credentials, HTTPS only. */
    public static final RegistryAccess ANONYMOUS = new RegistryAccess(new RegistryCredentials.Anonymous(), false);
}
