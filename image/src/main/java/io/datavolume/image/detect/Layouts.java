package io.datavolume.image.detect;

import io.datavolume.image.Access;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.qcow2.Qcow2Layout;
import io.datavolume.image.raw.RawLayout;
import io.datavolume.image.vdi.VdiLayout;
import io.datavolume.image.vhd.VhdLayout;
import io.datavolume.image.vhdx.VhdxLayout;
import io.datavolume.image.vmdk.VmdkLayout;

/** The one place where a format's name meets its code. */
public final class Layouts {

    private Layouts() {}

    public static DiskLayout open(Format format, Access access) {
        return new GuardedLayout(switch (format) {
            case RAW, ISO -> new RawLayout(access, format);
            case QCOW2 -> new Qcow2Layout(access);
            case VMDK -> new VmdkLayout(access);
            case VHD -> new VhdLayout(access);
            case VHDX -> new VhdxLayout(access);
            case VDI -> new VdiLayout(access);
        });
    }
}
