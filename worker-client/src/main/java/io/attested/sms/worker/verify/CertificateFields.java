package io.attested.sms.worker.verify;

import io.attested.sms.attestation.ByteString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * What a chain says of itself, read leniently: for showing, never for deciding. What cannot be read is left out.
 *
 * <p>Type and configuration of the platform: Intel SGX PCK Certificate and CRL Profile, extension 1.2.840.113741.1.13.1,
 * members 5 and 7.
 */
final class CertificateFields {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final String PLATFORM = "1.2.840.113741.1.13.1";
    private static final Map<String, String> CONFIGURATION = Map.of(
            PLATFORM + ".7.1", "dynamicPlatform", PLATFORM + ".7.2", "cachedKeys", PLATFORM + ".7.3", "smtEnabled");

    private CertificateFields() {}

    /** The text up to the end of its last certificate. */
    static ByteString withoutRest(ByteString pem) {
        String text = new String(pem.toByteArray(), StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf(END);
        return last < 0 ? pem : pem.slice(0, last + END.length());
    }

    /** Subject, serial number and dates of each certificate in PEM; type and configuration of the first one's platform. */
    static Map<String, Object> of(ByteString pem) {
        List<X509Certificate> chain = chain(pem);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!chain.isEmpty()) {
            platform(fields, chain.get(0));
            fields.put(
                    "certificates", chain.stream().map(CertificateFields::line).toList());
        }
        return fields;
    }

    private static List<X509Certificate> chain(ByteString pem) {
        String text = new String(pem.toByteArray(), StandardCharsets.ISO_8859_1);
        List<X509Certificate> chain = new ArrayList<>();
        for (int from = text.indexOf(BEGIN); from >= 0; from = text.indexOf(BEGIN, from + 1)) {
            int end = text.indexOf(END, from);
            if (end < 0) {
                break;
            }
            try {
                byte[] one = text.substring(from, end + END.length()).getBytes(StandardCharsets.ISO_8859_1);
                chain.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(one)));
            } catch (CertificateException unreadable) {
                // The next one may be readable.
            }
        }
        return chain;
    }

    private static String line(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", serial "
                + certificate.getSerialNumber().toString(16) + ", "
                + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }

    private static void platform(Map<String, Object> fields, X509Certificate leaf) {
        byte[] extension = leaf.getExtensionValue(PLATFORM);
        if (extension == null) {
            return;
        }
        try {
            ASN1Primitive inside = ASN1Primitive.fromByteArray(
                    ASN1OctetString.getInstance(extension).getOctets());
            for (ASN1Encodable member : ASN1Sequence.getInstance(inside)) {
                platformMember(fields, ASN1Sequence.getInstance(member));
            }
        } catch (java.io.IOException | RuntimeException malformed) {
            // BouncyCastle reports a value of another type by unchecked exceptions.
            return;
        }
    }

    private static void platformMember(Map<String, Object> fields, ASN1Sequence member) {
        String name = ASN1ObjectIdentifier.getInstance(member.getObjectAt(0)).getId();
        if (name.equals(PLATFORM + ".5")) {
            fields.put(
                    "sgxType",
                    ASN1Enumerated.getInstance(member.getObjectAt(1)).getValue().longValueExact());
        } else if (name.equals(PLATFORM + ".7")) {
            for (ASN1Encodable flag : ASN1Sequence.getInstance(member.getObjectAt(1))) {
                ASN1Sequence pair = ASN1Sequence.getInstance(flag);
                String known = CONFIGURATION.get(
                        ASN1ObjectIdentifier.getInstance(pair.getObjectAt(0)).getId());
                if (known != null) {
                    fields.put(
                            known, ASN1Boolean.getInstance(pair.getObjectAt(1)).isTrue());
                }
            }
        }
    }
}
