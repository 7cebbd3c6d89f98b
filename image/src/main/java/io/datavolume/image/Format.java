package io.datavolume.image;

/** Disk formats that are imported. */
public enum Format {
    RAW, ISO, QCOW2, VMDK, VHD, VHDX, VDI;

    /** Name as people and options write it: {@code qcow2}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
