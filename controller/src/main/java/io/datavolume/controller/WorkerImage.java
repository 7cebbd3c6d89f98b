package io.datavolume.controller;

import java.util.List;

/**
 * What worker pods run, and where what they need is kept.
 *
 * @param name container image
 * @param pullPolicy Always, IfNotPresent or Never
 * @param denied address ranges (CIDR) that imports must not reach
 * @param namespace of the installation, where an administrator puts the certificates of the proxy
 */
public record WorkerImage(String name, String pullPolicy, List<String> denied, String namespace) {

    /** Where clouds keep their machines' credentials: not to be read unless the installation says so. */
    public static final List<String> LINK_LOCAL = List.of("169.254.0.0/16", "fe80::/10");

    /** Where nothing is installed: the namespace is the one that it would be. */
    public WorkerImage(String name, String pullPolicy, List<String> denied) {
        this(name, pullPolicy, denied, "cdi");
    }

    public WorkerImage {
        denied = List.copyOf(denied);
    }

    /** The same, installed elsewhere. */
    public WorkerImage in(String installation) {
        return new WorkerImage(name, pullPolicy, denied, installation);
    }
}
