package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTextTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2025-01-01T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"3|PT3S", "86400|PT5M", "99999999999999999999|", "-1|", "soon|",
        "Wed, 01 Jan 2025 12:00:30 GMT|PT30S", "Wed, 01 Jan 2025 11:00:00 GMT|PT0S",
        "Thu, 02 Jan 2025 12:00:00 GMT|PT5M"})
    void retryAfterIsSecondsOrADate(String text, Duration wait) {
        assertEquals(Optional.ofNullable(wait), HttpFailures.retryAfter(headers("Retry-After", text), NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 5-4/10", "bytes 0-10/10", "bytes 0-1/99999999999999999999", "bytes -1-4/10",
        "items 0-1/10", "bytes 0-1", "", "bytes */10"})
    void nonsenseInContentRangeIsNoRange(String text) {
        assertTrue(ContentRange.of(headers("Content-Range", text)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\r\nEvil: b", "X: a\nb", "no colon", ": empty", "sp ace: v"})
    void extraHeaderThatSplitsRequestsIsRefused(String header) {
        assertThrows(IllegalArgumentException.class, () -> HttpOptions.DEFAULT.withCredentials(Optional.empty(),
                Optional.empty(), List.of(header)));
    }

    @Test
    void shownUrlHasNoSecrets() {
        assertEquals("no https://host/a and no 'docker://host/b', nor /x/http:/host/c",
                DisplayUrl.redacted(
                        "no https://u:p@host/a?token=t and no 'docker://u@host/b#f', nor /x/http:/u:p@host/c"));
        assertEquals("https://host:8443/a%20b", DisplayUrl.of(URI.create("https://u:p@host:8443/a%20b?token=x#y")));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,10.255.0.1,true", "10.0.0.0/9,10.128.0.1,false", "0.0.0.0/0,1.2.3.4,true",
        "169.254.169.254,169.254.169.254,true", "fe80::/10,febf::1,true", "fe80::/10,fec0::1,false",
        "10.0.0.0/8,::ffff:10.0.0.1,true", "::ffff:10.0.0.0/104,10.255.0.1,true",
        "::ffff:10.0.0.0/104,11.0.0.1,false", "::ffff:10.1.2.3,10.1.2.3,true",
        "169.254.0.0/16,64:ff9b::a9fe:a9fe,true", "169.254.0.0/16,64:ff9b::808:808,false", "10.0.0.0/8,::1,false"})
    void addressRangesAreByBits(String range, String address, boolean denied) throws Exception {
        assertEquals(!denied, AddressPolicy.denying(List.of(range)).permits(InetAddress.getByName(address)));
    }

    @Test
    void weakTagsDoNotIdentify() {
        Validator weak = Validator.of(headers("ETag", "W/\"a\""));
        assertTrue(weak.text(java.util.OptionalLong.of(5)).isEmpty());
    }

    private static HttpHeaders headers(String name, String value) {
        return new HttpHeaders(List.of(Map.entry(name, value)));
    }
}
