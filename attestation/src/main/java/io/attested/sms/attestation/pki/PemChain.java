package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates in canonical PEM (RFC 7468 section 3, strict): full lines ended by LF, nothing before or between; after
 * the last boundary at most one LF, then only NULs, with which quoting libraries end the text.
 *
 * <p>Canonical, so that a chain has one encoding and no byte of a quote is ignored.
 */
public final class PemChain {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    static final String END = "-----END CERTIFICATE-----";
    private static final int MAX_CERTIFICATES = 4;

    /** Most bytes of a text: that of the longest certificate which is read with its evidence inside. */
    private static final int MAX_LENGTH = 64 * 1024;

    /** RFC 7468's line, and that of PCK certificates of 2019 (RFC 2045's). */
    private static final int[] LINES = {64, 76};

    /** Reads one certificate in DER. */
    @FunctionalInterface
    interface CertificateReader {
        SignedCertificate read(byte[] der) throws IOException;
    }

    private PemChain() {}

    /**
     * The certificates in the order of the text.
     *
     * @throws IOException when the text is not canonical or a certificate cannot be read
     */
    static List<SignedCertificate> read(byte[] pem) throws IOException {
        return read(pem, SignedCertificate::read);
    }

    /** The same with another way to read a certificate. */
    static List<SignedCertificate> read(byte[] pem, CertificateReader reader) throws IOException {
        List<SignedCertificate> chain = new ArrayList<>();
        for (ByteString der : encodings(pem)) {
            chain.add(reader.read(der.toByteArray()));
        }
        return chain;
    }

    /**
     * The bytes of a text in which lines may end by CR LF, for {@link #encodings}.
     *
     * @throws IOException when it is too long to be such a text
     */
    public static byte[] unixLines(String pem) throws IOException {
        requireAtMost(pem.length());
        return pem.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void requireAtMost(int length) throws IOException {
        if (length > MAX_LENGTH) {
            throw new IOException("text is longer than " + MAX_LENGTH + " bytes");
        }
    }

    /**
     * The certificates' encodings in the order of the text, at least one; they are not looked into.
     *
     * @throws IOException when the text is not canonical
     */
    public static List<ByteString> encodings(byte[] pem) throws IOException {
        requireAtMost(pem.length);
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        List<ByteString> chain = new ArrayList<>();
        int position = 0;
        while (text.startsWith(BEGIN, position)) {
            int end = text.indexOf(END, position);
            if (end < 0 || chain.size() == MAX_CERTIFICATES) {
                throw new IOException("a certificate is cut off, or there are more than " + MAX_CERTIFICATES);
            }
            String body = text.substring(position + BEGIN.length(), end);
            byte[] der = decode(body);
            requireCanonical(body, der);
            position = end + END.length();
            chain.add(ByteString.copyOf(der));
            if (!text.startsWith("\n" + BEGIN, position)) {
                break;
            }
            position++;
        }
        if (chain.isEmpty()) {
            throw new IOException("text does not start with a PEM certificate");
        }
        requirePadding(pem, text.startsWith("\n", position) ? position + 1 : position);
        return chain;
    }

    private static byte[] decode(String body) throws IOException {
        try {
            return Base64.getDecoder().decode(body.replace("\n", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException("a certificate is not base64");
        }
    }

    private static void requireCanonical(String body, byte[] der) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(der);
        for (int line : LINES) {
            if (body.equals(wrapped(encoded, line))) {
                return;
            }
        }
        throw new IOException("a certificate is not in canonical PEM");
    }

    private static String wrapped(String encoded, int line) {
        StringBuilder lines = new StringBuilder(encoded.length() + encoded.length() / line + 1);
        for (int from = 0; from < encoded.length(); from += line) {
            lines.append(encoded, from, Math.min(from + line, encoded.length())).append('\n');
        }
        return lines.toString();
    }

    private static void requirePadding(byte[] pem, int from) throws IOException {
        for (int i = from; i < pem.length; i++) {
            if (pem[i] != 0) {
                throw new IOException("something follows the last certificate");
            }
        }
    }
}
