package io.attested.sms.attestation.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Certificates in canonical PEM (RFC 7468 section 3, strict): lines of 64 characters ended by LF, nothing between or
 * before; after the last boundary at most one LF, then only NULs, with which quoting libraries end the text.
 *
 * <p>Canonical, so that a chain has one encoding and no byte of a quote is ignored.
 */
final class PemChain {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String END = "-----END CERTIFICATE-----";
    private static final int MAX_CERTIFICATES = 4;
    private static final int LINE = 64;

    private PemChain() {}

    /**
     * The certificates in the order of the text.
     *
     * @throws IOException when the text is not canonical or a certificate cannot be read
     */
    static List<SignedCertificate> read(byte[] pem) throws IOException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        List<SignedCertificate> chain = new ArrayList<>();
        ByteArrayOutputStream canonical = new ByteArrayOutputStream(pem.length);
        int position = 0;
        while (text.startsWith(BEGIN, position)) {
            int end = text.indexOf(END, position);
            if (end < 0 || chain.size() == MAX_CERTIFICATES) {
                throw new IOException("a certificate is cut off, or there are more than " + MAX_CERTIFICATES);
            }
            byte[] der = decode(text.substring(position + BEGIN.length(), end));
            chain.add(SignedCertificate.read(der));
            canonical.writeBytes((chain.size() == 1 ? "" : "\n").getBytes(StandardCharsets.US_ASCII));
            canonical.writeBytes(encode(der));
            position = end + END.length();
            position += text.startsWith("\n" + BEGIN, position) ? 1 : 0;
        }
        requireCanonical(pem, canonical.toByteArray());
        return chain;
    }

    private static byte[] decode(String body) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new IOException("a certificate is not base64");
        }
    }

    private static byte[] encode(byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return (BEGIN + body + "\n" + END).getBytes(StandardCharsets.US_ASCII);
    }

    private static void requireCanonical(byte[] pem, byte[] canonical) throws IOException {
        int length = canonical.length;
        if (length == 0 || pem.length < length || !Arrays.equals(pem, 0, length, canonical, 0, length)) {
            throw new IOException("text is no canonical PEM certificate chain");
        }
        int position = length < pem.length && pem[length] == '\n' ? length + 1 : length;
        for (int i = position; i < pem.length; i++) {
            if (pem[i] != 0) {
                throw new IOException("something follows the last certificate");
            }
        }
    }
}
