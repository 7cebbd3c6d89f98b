package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is told of an image besides its disk.
 *
 * @param digest of the manifest of the chosen platform
 * @param architecture as the configuration has it; empty if it does not say
 * @param imageLabels labels of the image
 * @param volumeLabels labels for the volume, from the environment variables whose name holds {@code KUBEVIRT_IO_}
 */
public record ImageMetadata(Digest digest, String architecture, Map<String, String> imageLabels,
        Map<String, String> volumeLabels) {

    private static final String ENV = "KUBEVIRT_IO_";

    public ImageMetadata {
        imageLabels = Map.copyOf(imageLabels);
        volumeLabels = Map.copyOf(volumeLabels);
    }

    /** @throws ImageRefusedException if the image is a bootable container, which holds no disk */
    public static ImageMetadata of(ContainerImage image) throws ImageRefusedException {
        Map<String, String> labels = image.config().labels();
        for (Map.Entry<String, String> bootable : Map.of("containers.bootc", "1", "ostree.bootable", "1").entrySet()) {
            if (bootable.getValue().equals(labels.get(bootable.getKey()))) {
                throw ContainerCheck.BOOTC.refuse(bootable.getKey(), "bootc image detected: importing bootable"
                        + " containers is not yet implemented; build a disk from it first, for example with"
                        + " bootc-image-builder");
            }
        }
        return new ImageMetadata(image.manifest(), image.config().platform().architecture(), labels,
                volumeLabels(image.config()));
    }

    private static Map<String, String> volumeLabels(ImageConfig config) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String variable : config.env()) {
            int equals = variable.indexOf('=');
            String name = equals < 0 ? variable : variable.substring(0, equals);
            if (equals >= 0 && name.contains(ENV)) {
                labels.put(label(name), variable.substring(equals + 1));
            }
        }
        return labels;
    }

    /** {@code INSTANCETYPE_KUBEVIRT_IO_DEFAULT_INSTANCETYPE} is {@code instancetype.kubevirt.io/default-instancetype}. */
    private static String label(String variable) {
        int at = variable.indexOf(ENV);
        return (variable.substring(0, at).replace('_', '.') + "kubevirt.io/"
                + variable.substring(at + ENV.length()).replace('_', '-')).toLowerCase(Locale.ROOT);
    }
}
