package io.datavolume.standalone.volumes;

import io.datavolume.api.wire.VolumeModes;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the data of a volume is on this machine. */
public final class VolumePath {

    /** Attribute of a provisioned volume: its folder. */
    static final String FOLDER = "folder";
    /** Name, in that folder, of the file that stands for a block device. */
    static final String BLOCK_FILE = "block";

    private VolumePath() {}

    /**
     * The folder of a filesystem volume, the file or device of a block volume.
     *
     * @return empty for a volume of a kind that this machine cannot have
     */
    public static Optional<Path> of(PersistentVolume volume) {
        PersistentVolumeSpec spec = volume.getSpec();
        if (spec.getCsi() != null) {
            boolean block = VolumeModes.BLOCK.equals(spec.getVolumeMode());
            return folder(spec.getCsi()).map(folder -> block ? folder.resolve(BLOCK_FILE) : folder);
        }
        if (spec.getLocal() != null) {
            return absolute(spec.getLocal().getPath());
        }
        return spec.getHostPath() == null ? Optional.empty() : absolute(spec.getHostPath().getPath());
    }

    /** The folder that was made for a provisioned volume. */
    static Optional<Path> folder(CSIPersistentVolumeSource source) {
        Map<String, String> attributes = source.getVolumeAttributes();
        return attributes == null ? Optional.empty() : absolute(attributes.get(FOLDER));
    }

    private static Optional<Path> absolute(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
