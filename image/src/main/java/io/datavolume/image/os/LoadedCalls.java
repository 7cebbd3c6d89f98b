package io.datavolume.image.os;

import com.sun.jna.Native;
import java.util.Locale;

/** Loads the C library when it is first asked for, and settles for the portable answers when it cannot. */
final class LoadedCalls {

    static final NativeCalls INSTANCE = load();

    private LoadedCalls() {}

    private static NativeCalls load() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        // The constants and 64-bit off_t below hold for these; anything else takes the portable way.
        if (!os.equals("linux") || !(arch.equals("amd64") || arch.equals("aarch64"))) {
            return NativeCalls.portable();
        }
        try {
            return new LinuxCalls(Native.load("c", CLibrary.class));
        } catch (LinkageError | IllegalArgumentException e) {
            return NativeCalls.portable();
        }
    }
}
