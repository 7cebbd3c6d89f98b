package io.datavolume.importer.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A token server of the distribution specification, whose tokens a real registry verifies. */
final class TokenServer implements AutoCloseable {

    static final String USER = "puller";
    static final String PASSWORD = "s3cret:with:colons";
    static final String REFRESH = "refresh-token-1";

    /** Each request's method, authorization or grant, and scope. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** How long tokens live; distribution grants a minute more. */
    volatile long seconds = 300;
    private final HttpServer server;
    private final KeyPair key;

    TokenServer() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    /** Lines for a registry's configuration. */
    String auth(Path folder) throws IOException {
        RSAPublicKey open = (RSAPublicKey) key.getPublic();
        Path keys = Files.writeString(folder.resolve("jwks.json"),
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"alg\":\"RS256\",\"use\":\"sig\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                        .formatted(base64(open.getModulus()), base64(open.getPublicExponent())));
        return "token: {realm: \"http://127.0.0.1:%d/token\", service: tests, issuer: tests, jwks: %s}"
                .formatted(server.getAddress().getPort(), keys);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean post = exchange.getRequestMethod().equals("POST");
        String query = post
                ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : exchange.getRequestURI().getRawQuery();
        Map<String, String> form = Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, other) -> one));
        String expected = "Basic "
                + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        boolean allowed = post
                ? REFRESH.equals(form.get("refresh_token")) && "refresh_token".equals(form.get("grant_type"))
                : expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add((post ? "POST " : "GET ") + form.get("scope"));
        byte[] reply = (allowed ? "{\"token\":\"" + jwt(form.getOrDefault("scope", "")) + "\"}" : "{}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(allowed ? 200 : 401, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    private String jwt(String scope) throws IOException {
        String[] parts = scope.isEmpty() ? new String[]{"repository", "none", "pull"} : scope.split(":");
        long now = Instant.now().getEpochSecond();
        String actions = "\"" + parts[2].replace(",", "\",\"") + "\"";
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k\"}") + "." + base64("""
                {"iss":"tests","sub":"","aud":"tests","exp":%d,"nbf":%d,"iat":%d,"jti":"1",\
                "access":[{"type":"%s","name":"%s","actions":[%s]}]}""".formatted(now + seconds, now - 600, now - 600,
                parts[0], parts[1], actions));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
