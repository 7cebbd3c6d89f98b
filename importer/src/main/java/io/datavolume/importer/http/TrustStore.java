package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The system's certificate authorities and the user's own. */
final class TrustStore {

    private static final long LARGEST_FILE = 16 << 20;

    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    private TrustStore() {}

    /**
     * @param files PEM files, or folders whose files of PEM certificates are taken
     * @throws NeedsUserException with reason USAGE when a file holds no certificate
     */
    static TrustManagerFactory withSystem(List<Path> files) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (TrustManager manager : factory(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (Certificate certificate : x509.getAcceptedIssuers()) {
                        store.setCertificateEntry("system" + number++, certificate);
                    }
                }
            }
            for (Path file : files) {
                for (Certificate certificate : Files.isDirectory(file) ? folder(file) : file(file)) {
                    store.setCertificateEntry("own" + number++, certificate);
                }
            }
            return factory(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate store could not be built: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("NullAway") // null asks for the system's store
    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** A mounted folder may hold links to itself, keys and notes; only what reads as a certificate counts. */
    private static List<Certificate> folder(Path folder) throws IOException {
        List<Certificate> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.size(file) <= LARGEST_FILE && holdsCertificate(file)) {
                    found.addAll(file(file));
                }
            }
        }
        if (found.isEmpty()) {
            throw new NeedsUserException(Reason.USAGE, "Read the certificate folder " + folder
                    + ": it holds no file with a PEM certificate");
        }
        return found;
    }

    private static boolean holdsCertificate(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
    }

    /** The certificates alone: a file may hold keys and notes as well. What has none may be binary. */
    private static byte[] certificates(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String blocks = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).results()
                .map(MatchResult::group).collect(Collectors.joining("\n"));
        return blocks.isEmpty() ? bytes : blocks.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Certificate> file(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new NeedsUserException(Reason.USAGE, "Read the certificates of " + file + ": larger than 16 MiB");
            }
            List<Certificate> found = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates(file))));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw new NeedsUserException(Reason.USAGE, "Read the certificates of " + file + ": " + e.getMessage()
                    + "; give a file of PEM certificates", e);
        }
        throw new NeedsUserException(Reason.USAGE, "Read the certificates of " + file
                + ": it holds none; give a file of PEM certificates");
    }
}
