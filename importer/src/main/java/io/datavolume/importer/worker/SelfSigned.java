package io.datavolume.importer.worker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and certificate for one process: the scraper does not verify it. */
public final class SelfSigned {

    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 64;

    private SelfSigned() {}

    /** @param commonName common name of the process */
    public static PemKeyCertOptions certificate(String commonName) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=" + commonName);
            Instant now = Instant.now();
            X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(name,
                    new BigInteger(SERIAL_BITS, new SecureRandom()), Date.from(now.minus(SKEW)),
                    Date.from(now.plus(VALID)), name, keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
            return new PemKeyCertOptions().addCertValue(pem("CERTIFICATE", certificate.getEncoded()))
                    .addKeyValue(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("Tried to make a certificate for the metrics endpoint but failed", e);
        }
    }

    private static Buffer pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
        return Buffer.buffer(("-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII));
    }
}
