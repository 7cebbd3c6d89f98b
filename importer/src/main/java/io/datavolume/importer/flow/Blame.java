package io.datavolume.importer.flow;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;

/**
 * Finds what is to blame where data could not be decoded: bytes that are not those that were promised have another digest,
 * whatever the decoder thinks of them, and whoever published them is to be told so.
 */
final class Blame {

    /** Reads the rest of the bytes that have a digest, and compares it. */
    interface Rest {
        void verify() throws IOException;
    }

    /** What may be refused. */
    interface Work<T> {
        T run() throws IOException;
    }

    private Blame() {}

    /** Does the work; a refusal of it is looked into, as {@link #of} says. */
    static <T> T where(Work<T> work, Rest rest) throws IOException {
        try {
            return work.run();
        } catch (ImageRefusedException e) {
            throw of(e, rest);
        }
    }

    /**
     * @return the refusal, where it is none of damage, or the bytes are those that were promised, or nobody can tell
     * @throws NeedsUserException with reason CHECKSUM when they are not
     */
    static ImageRefusedException of(ImageRefusedException refusal, Rest rest) throws NeedsUserException {
        if (refusal.isDamage()) {
            try {
                rest.verify();
            } catch (IOException e) {
                if (e instanceof NeedsUserException user && user.reason() == Reason.CHECKSUM) {
                    user.addSuppressed(refusal);
                    throw user;
                }
                refusal.addSuppressed(e);
            }
        }
        return refusal;
    }
}
