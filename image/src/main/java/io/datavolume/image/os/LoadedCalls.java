package io.datavolume.image.os;

import com.sun.jna.Native;
import java.util.Locale;

/** Loads the C library when it is first asked for, and settles for the portable answers when it cannot. */
final class LoadedCalls {

    static final NativeCalls INSTANCE = load();

    private LoadedCalls() {}

    /** Whether the constants and widths that are used here hold: 64-bit Linux. */
    static boolean isSupportedSystem() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        return os.equals("linux") && (arch.equals("amd64") || arch.equals("aarch64"));
    }

    private static NativeCalls load() {
        if (!isSupportedSystem()) {
            return NativeCalls.portable();
        }
        try {
            return new LinuxCalls(Native.load("c", CLibrary.class));
        } catch (LinkageError | IllegalArgumentException e) {
            return NativeCalls.portable();
        }
    }
}
