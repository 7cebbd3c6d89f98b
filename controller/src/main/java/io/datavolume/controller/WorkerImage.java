package io.datavolume.controller;

import java.util.List;

/**
 * What worker pods run.
 *
 * @param name container image
 * @param pullPolicy Always, IfNotPresent or Never
 * @param denied address ranges (CIDR) that imports must not reach
 */
public record WorkerImage(String name, String pullPolicy, List<String> denied) {

    public WorkerImage {
        denied = List.copyOf(denied);
    }
}
