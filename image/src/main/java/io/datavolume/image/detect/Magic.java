package io.datavolume.image.detect;

import io.datavolume.image.Format;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identifying bytes of disk image formats. Offsets are in the head of the file; integers in the comments are as
 * the specifications write them.
 */
enum Magic {
    QCOW2("qcow2", Format.QCOW2, 0, "QFI\u00fb") {
        @Override
        boolean matches(ByteBuffer head) {
            // Versions 0 and 4 and above too: the layout refuses them by value.
            return super.matches(head) && !isVersion1(head);
        }
    },
    QCOW1("qcow (version 1)", null, 0, "QFI\u00fb") {
        @Override
        boolean matches(ByteBuffer head) {
            return super.matches(head) && isVersion1(head);
        }
    },
    VMDK("vmdk", Format.VMDK, 0, "KDMV"),
    /** A descriptor that names its extents: the layout refuses those that lie in other files. */
    VMDK_DESCRIPTOR("vmdk", Format.VMDK, 0, "# Disk DescriptorFile"),
    VMDK_COWD("vmdk (ESX COWD sparse extent)", null, 0, "COWD"),
    /** 0xcafebabe as a little-endian 64-bit integer. */
    VMDK_SESPARSE("vmdk (ESX SESparse extent)", null, 0, "\u00be\u00ba\u00fe\u00ca\0\0\0\0"),
    VHD("vhd", Format.VHD, 0, "conectix"),
    VHDX("vhdx", Format.VHDX, 0, "vhdxfile"),
    /** 0xbeda107f, little endian, behind 64 bytes of text. */
    VDI("vdi", Format.VDI, 64, "\u007f\u0010\u00da\u00be"),
    ISO("iso", Format.ISO, 0x8001, "CD001"),
    QED("qed", null, 0, "QED\0"),
    PARALLELS("parallels", null, 0, "WithoutFreeSpace"),
    PARALLELS_EXTENDED("parallels (extended)", null, 0, "WithouFreSpacExt"),
    BOCHS("bochs", null, 0, "Bochs Virtual HD Image"),
    CLOOP("cloop", null, 0, "#!/bin/sh\n#V2.0 Format\n"),
    /** 0x01282014, little endian: .vmrs and .vmcx files. */
    HYPERV_SAVED_STATE("Hyper-V saved state", null, 0, "\u0014\u0020\u0028\u0001"),
    ASIF("Apple sparse image (ASIF)", null, 0, "shdw"),
    SPARSEIMAGE("Apple sparse image", null, 0, "sprs");

    private static final int VERSION_AT = 4;

    private final String title;
    private final @Nullable Format format;
    private final int offset;
    private final byte[] bytes;

    Magic(String title, @Nullable Format format, int offset, String bytes) {
        this.title = title;
        this.format = format;
        this.offset = offset;
        this.bytes = bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @param head first bytes of the file, from index 0 to its limit */
    boolean matches(ByteBuffer head) {
        if (head.limit() < offset + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head.get(offset + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVersion1(ByteBuffer head) {
        return head.limit() >= VERSION_AT + Integer.BYTES && head.getInt(VERSION_AT) == 1;
    }

    /** Name for people. */
    String title() {
        return title;
    }

    /** The format to import as; empty for formats that are only recognised. */
    Optional<Format> format() {
        return Optional.ofNullable(format);
    }

    int offset() {
        return offset;
    }
}
