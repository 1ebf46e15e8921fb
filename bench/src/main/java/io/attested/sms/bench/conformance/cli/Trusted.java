package io.attested.sms.bench.conformance.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of a service are believed: those that Java believes, and the user's own. Names are compared always. */
final class Trusted {
    private Trusted() {}

    /**
     * Sockets that believe these too.
     *
     * @param file PEM certificates
     * @throws IOException with a sentence for the user when there is no certificate in it
     */
    static SSLSocketFactory also(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(file.get())) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            for (X509Certificate certificate : java()) {
                store.setCertificateEntry("java-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("--certificate: " + file.get() + " cannot be used (" + e.getMessage() + ")", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException("it is empty");
            }
            return all;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "--certificate: there are no PEM certificates in " + file + " (" + e.getMessage()
                            + "); expected -----BEGIN CERTIFICATE----- and its base64",
                    e);
        }
    }

    private static List<X509Certificate> java() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        @Nullable KeyStore ofJava = null;
        trust.init(ofJava);
        List<X509Certificate> all = new ArrayList<>();
        for (TrustManager manager : trust.getTrustManagers()) {
            if (manager instanceof X509TrustManager believed) {
                all.addAll(List.of(believed.getAcceptedIssuers()));
            }
        }
        return all;
    }
}
