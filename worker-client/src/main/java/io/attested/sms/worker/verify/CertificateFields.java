package io.attested.sms.worker.verify;

import io.attested.sms.attestation.ByteString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** Object identifiers of PLATFORM.5 and PLATFORM.7.1 to 7.3 in DER, in hex. */
    private static final String TYPE = "060a2a864886f84d010d0105";

    private static final Map<String, String> CONFIGURATION = new TreeMap<>(Map.of(
            "060b2a864886f84d010d010701", "dynamicPlatform",
            "060b2a864886f84d010d010702", "cachedKeys",
            "060b2a864886f84d010d010703", "smtEnabled"));

    private CertificateFields() {}

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
        String der = HexFormat.of().formatHex(extension);
        valueAfter(der, TYPE).ifPresent(type -> fields.put("sgxType", (long) type));
        CONFIGURATION.forEach((member, name) -> valueAfter(der, member).ifPresent(flag -> fields.put(name, flag != 0)));
    }

    /** The one byte of the enumerated or boolean value that follows the object identifier. */
    private static Optional<Integer> valueAfter(String der, String identifier) {
        for (int at = der.indexOf(identifier); at >= 0; at = der.indexOf(identifier, at + 1)) {
            int value = at + identifier.length();
            if (at % 2 == 0 && der.startsWith("01", value + 2) && value + 6 <= der.length()) {
                return Optional.of(HexFormat.fromHexDigits(der, value + 4, value + 6));
            }
        }
        return Optional.empty();
    }
}
