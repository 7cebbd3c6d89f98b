package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"*|http://any/|true", "example.org|http://example.org/|true",
        "example.org|http://a.example.org/|true", "example.org|http://badexample.org/|false",
        ".example.org|http://a.example.org/|true", ".example.org|http://example.org/|false",
        "*.example.org|http://a.example.org/|true", "EXAMPLE.org|http://example.ORG/|true",
        "10.0.0.0/8|http://10.1.2.3/|true", "10.0.0.0/8|http://11.1.2.3/|false", "10.1.2.3|http://10.1.2.3/|true",
        "fd00::/8|http://[fd00::1]/|true", "::1|http://[::1]/|true", "example.org:8080|http://example.org/|false",
        "example.org:8080|http://example.org:8080/|true", "10.1.2.3:81|http://10.1.2.3:81/|true",
        "10.1.2.3:81|http://10.1.2.3/|false", "a, example.org b|http://example.org/|true",
        "10.0.0.0/40|http://10.0.0.1/|false"})
    void exceptionsAreReachedDirectly(String exceptions, URI uri, boolean direct) {
        ProxySettings settings = ProxySettings
                .fromEnvironment(Map.of("HTTP_PROXY", "http://proxy:3128", "NO_PROXY", exceptions));
        assertEquals(direct, settings.proxyFor(uri).isEmpty());
    }

    @Test
    void eachSchemeHasItsProxy() {
        ProxySettings settings = ProxySettings.fromEnvironment(
                Map.of("HTTP_PROXY", "upper:1", "http_proxy", "plain:3128", "https_proxy", "http://u%40:p%3a@tls:80"));
        assertEquals("plain", settings.proxyFor(URI.create("http://a/")).orElseThrow().getHost());
        var tls = settings.proxyFor(URI.create("https://a/")).orElseThrow();
        assertEquals("tls u@ p:", tls.getHost() + " " + tls.getUsername() + " " + tls.getPassword());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:secret@:99x", "https://u:secret@proxy:3129", "ftp://u:secret@proxy"})
    void proxyThatCannotBeUsedIsNamedWithoutItsPassword(String url) {
        var failure = assertThrows(IllegalArgumentException.class,
                () -> ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", url)));
        assertTrue(failure.toString().contains("HTTPS_PROXY"), failure.toString());
        assertFalse(failure.toString().contains("secret"));
    }
}
