package io.attested.sms.session.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys a peer may have: the subject public keys (SPKI, RFC 5280 section 4.1.2.7) of the configured certificates.
 *
 * <p>A peer proves in the handshake that it holds the private key, so the pin says who it is, and nothing else in its
 * certificate counts: neither the name, nor who signed it, nor its dates. An expired certificate of the pinned key is
 * accepted: the key is trusted until the operator takes the pin away, and dates in a file the operator chose would only
 * stop the service on a day nobody planned.
 *
 * @param keys at least one; several while the peer changes its key
 */
public record PinnedKeys(List<PublicKey> keys) {
    /** Takes an unmodifiable copy. */
    public PinnedKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new StoreSettingRefused("no key is pinned for a session store; configure its certificate");
        }
    }

    /** The keys of the certificates in a file, PEM (one or more) or DER (one). */
    public static PinnedKeys read(Path certificates) {
        List<PublicKey> keys = new ArrayList<>();
        try (InputStream file = Files.newInputStream(certificates)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                keys.add(certificate.getPublicKey());
            }
        } catch (IOException | CertificateException e) {
            throw new StoreSettingRefused(
                    "the certificate file of a session store, " + certificates + ", cannot be read: " + e.getMessage()
                            + "; expected X.509 certificates as PEM or DER; store there the certificate that the store"
                            + " shows",
                    e);
        }
        if (keys.isEmpty()) {
            throw new StoreSettingRefused("the certificate file of a session store, " + certificates
                    + ", holds no certificate; store there the certificate that the store shows");
        }
        return new PinnedKeys(keys);
    }

    /** Whether a key is one of the pinned ones, by its SPKI bytes. */
    boolean holds(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return keys.stream().anyMatch(pinned -> Arrays.equals(pinned.getEncoded(), encoded));
    }
}
