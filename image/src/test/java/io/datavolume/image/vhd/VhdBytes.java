package io.datavolume.image.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ObjIntConsumer;

/** The bytes of a VHD that a test changes, with the checksums set right again. */
record VhdBytes(byte[] array) {

    static VhdBytes of(Path image) throws IOException {
        return new VhdBytes(Files.readAllBytes(image));
    }

    /** Changes the footer at the beginning, where there is one, and the one at the end alike. */
    void footers(ObjIntConsumer<ByteBuffer> change) {
        if (VhdFooter.hasCookie(ByteBuffer.wrap(array))) {
            footer(0, change);
        }
        footer(array.length - VhdFooter.LENGTH, change);
    }

    /** Changes one footer. */
    void footer(int at, ObjIntConsumer<ByteBuffer> change) {
        change.accept(ByteBuffer.wrap(array), at);
        seal(at, VhdFooter.LENGTH, at + 64);
    }

    /** Changes the dynamic disk header, which stands behind the copy of the footer. */
    void header(ObjIntConsumer<ByteBuffer> change) {
        change.accept(ByteBuffer.wrap(array), VhdFooter.LENGTH);
        seal(VhdFooter.LENGTH, 1024, VhdFooter.LENGTH + 36);
    }

    private void seal(int from, int length, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(array).putInt(at, 0);
        int sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += array[i] & 0xff;
        }
        bytes.putInt(at, ~sum);
    }
}
