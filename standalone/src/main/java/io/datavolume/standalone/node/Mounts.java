package io.datavolume.standalone.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where a container's mount paths really are, since a process on this machine has none of its own. */
final class Mounts {

    /** Longest first, so that a mount within another one is found before it. */
    private final NavigableMap<String, PreparedVolume> byPath = new TreeMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Set<String> devices = new HashSet<>();

    /** @throws NotReadyException when a mount names no volume, or a path that leads out of it */
    static Mounts of(Container container, Map<String, PreparedVolume> volumes) throws NotReadyException {
        Mounts mounts = new Mounts();
        for (VolumeMount mount : container.getVolumeMounts()) {
            PreparedVolume volume = volume(volumes, mount.getName());
            String part = mount.getSubPath() == null ? "" : mount.getSubPath();
            Path path = volume.path().resolve(part).normalize();
            if (!path.startsWith(volume.path())) {
                throw NotReadyException.config("subPath " + part + " leads out of volume " + mount.getName());
            }
            mounts.byPath.put(plain(mount.getMountPath()), new PreparedVolume(path, volume.capacity()));
        }
        for (VolumeDevice device : container.getVolumeDevices()) {
            mounts.byPath.put(plain(device.getDevicePath()), volume(volumes, device.getName()));
            mounts.devices.add(plain(device.getDevicePath()));
        }
        return mounts;
    }

    private static PreparedVolume volume(Map<String, PreparedVolume> volumes, String name) throws NotReadyException {
        PreparedVolume volume = volumes.get(name);
        if (volume == null) {
            throw NotReadyException.config("the container mounts volume " + name + ", which the pod does not have");
        }
        return volume;
    }

    /** The real path of one in the container; empty for one that is under no mount or leads out of it. */
    Optional<Path> real(String path) {
        for (Map.Entry<String, PreparedVolume> mount : byPath.entrySet()) {
            String at = mount.getKey();
            if (path.equals(at) || path.startsWith(at + "/")) {
                Path root = mount.getValue().path();
                String rest = path.substring(at.length()).replaceFirst("^/+", "");
                Path real = rest.isEmpty() ? root : root.resolve(rest).normalize();
                return real.startsWith(root) ? Optional.of(real) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What stands for the block device at this path; empty for a path that is none. */
    Optional<Path> device(String path) {
        return devices.contains(path) ? real(path) : Optional.empty();
    }

    /** Bytes of the largest volume of a claim; 0 if none is mounted. */
    long largest() {
        return byPath.values().stream().mapToLong(PreparedVolume::capacity).max().orElse(0);
    }

    private static String plain(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
