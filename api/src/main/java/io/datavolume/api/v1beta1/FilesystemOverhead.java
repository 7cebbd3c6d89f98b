package io.datavolume.api.v1beta1;

import java.util.Map;

/**
 * Share of Filesystem volumes that is kept free of the disk.
 *
 * @param global 0 to 1 with up to three decimals
 * @param storageClass the same by storage class
 */
public record FilesystemOverhead(@OmitEmpty String global, @OmitEmpty Map<String, String> storageClass,
        @Unknown Map<String, Object> unknown) implements Part {

    public FilesystemOverhead {
        global = Given.text(global);
        storageClass = Given.map(storageClass);
        unknown = Given.unknown(unknown);
    }
}
