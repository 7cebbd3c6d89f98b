package io.datavolume.standalone;

/** Bytes, rates and times as people read them. Without String.format, whose first use takes 30 ms. */
final class Amounts {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int HOUR = 3600;

    private Amounts() {}

    /** {@code 2.3 GiB}; one decimal below 100, none above. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        // 1023.95 would be shown as 1024.0
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        return (value < 99.95 ? tenths(value) : String.valueOf(Math.round(value))) + " " + UNITS[unit];
    }

    /** {@code 21474836480 bytes (20.0 GiB)}. */
    static String exact(long bytes) {
        return bytes < 1024 ? bytes + " bytes" : bytes + " bytes (" + bytes(bytes) + ")";
    }

    /** {@code 93.0 MiB/s}. */
    static String rate(double bytesPerSecond) {
        return bytes(Math.round(bytesPerSecond)) + "/s";
    }

    /** {@code 0:07}, {@code 12:34}, {@code 1:02:03}; the hours may be many. */
    static String clock(long seconds) {
        return seconds < HOUR
                ? seconds / 60 + ":" + twoDigits(seconds % 60)
                : seconds / HOUR + ":" + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
    }

    /** {@code 0.4 s}, {@code 12 s}, {@code 2 min 5 s}, {@code 1 h 2 min}. */
    static String span(double seconds) {
        long whole = Math.round(seconds);
        if (seconds < 9.95) {
            return tenths(seconds) + " s";
        }
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < HOUR) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole / HOUR + " h " + whole / 60 % 60 + " min";
    }

    private static String tenths(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
