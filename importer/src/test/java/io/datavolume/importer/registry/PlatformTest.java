package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"arm64, linux/arm64", "linux/arm64, linux/arm64", "arm64/v8, linux/arm64/v8",
        "linux/arm64/v8, linux/arm64/v8", "Linux/AMD64, linux/amd64", "x86_64, linux/amd64",
        "linux/aarch64, linux/arm64", "i686, linux/386", "s390x, linux/s390x"})
    void isTakenAsUsersWriteIt(String text, String platform) {
        assertEquals(platform, Platform.linux(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "linux/", "windows/amd64", "windows", "linux/linux/arm64", "arm64/", "arm 64",
        "linux/arm64/v8/x", "../arm64"})
    void whatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Platform.linux(text));
    }
}
