package io.datavolume.importer.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BlameTest {

    private static final ImageRefusedException DAMAGED = refusal("compressed-cluster");

    @Test
    void damageOfOtherBytesThanPromisedIsAWrongDigest() {
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> Blame.of(DAMAGED, () -> {
            throw new NeedsUserException(Reason.CHECKSUM, "another digest");
        }));
        assertEquals(Reason.CHECKSUM, failure.reason());
        assertSame(DAMAGED, failure.getSuppressed()[0]);
    }

    @Test
    void damageOfThePromisedBytesIsTheImages() throws Exception {
        assertSame(DAMAGED, Blame.of(DAMAGED, () -> {}));
    }

    @Test
    void whereTheRestCannotBeReadTheImageIsRefused() throws Exception {
        assertSame(DAMAGED, Blame.of(DAMAGED, () -> {
            throw new IOException("the connection is gone");
        }));
    }

    @Test
    void nothingIsReadForARefusalOfAnotherKind() throws Exception {
        AtomicBoolean read = new AtomicBoolean();
        ImageRefusedException backing = refusal("backing-file");
        assertSame(backing, Blame.of(backing, () -> read.set(true)));
        assertFalse(read.get());
    }

    private static ImageRefusedException refusal(String check) {
        return new ImageRefusedException("image", new Violation(check, 7, "x", "is wrong"));
    }
}
