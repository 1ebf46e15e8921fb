package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Strict DER (X.690): definite minimal lengths, bounded nesting, and nothing that encodes differently again. */
public final class Der {
    /** Certificates of this PKI nest about ten deep; the bound keeps the recursive ASN.1 reader off the stack's end. */
    private static final int MAX_DEPTH = 24;

    /** Tag of UTCTime; the other form is GeneralizedTime. */
    private static final int UTC_TIME = 0x17;

    /** Most bytes of a revocation list: read before its signature is checked, so a stranger must not choose the cost. */
    public static final int MAX_LIST_LENGTH = 1024 * 1024;

    private static final int COMPONENT_LENGTH = 32;

    private Der() {}

    /**
     * Reads exactly one value.
     *
     * @throws IOException when the bytes are not DER
     */
    public static ASN1Primitive read(byte[] der) throws IOException {
        requireShape(der);
        try {
            ASN1Primitive value = ASN1Primitive.fromByteArray(der);
            if (value == null || !Arrays.equals(value.getEncoded(ASN1Encoding.DER), der)) {
                throw new IOException("encoding is not DER");
            }
            return value;
        } catch (RuntimeException malformed) {
            // BouncyCastle reports some malformed content by unchecked exceptions of several kinds.
            throw new IOException("encoding is not ASN.1");
        }
    }

    private static void requireShape(byte[] der) throws IOException {
        int[] ends = new int[MAX_DEPTH + 1];
        int depth = 0;
        ends[0] = der.length;
        int position = 0;
        while (depth >= 0) {
            int end = ends[depth];
            if (position == end) {
                depth--;
                continue;
            }
            int tag = u8(der, position, end);
            int lengthOctet = u8(der, position + 1, end);
            int octets = lengthOctet < 0x80 ? 0 : lengthOctet - 0x80;
            int start = position + 2 + octets;
            long contentEnd = start + contentLength(der, position + 2, end, lengthOctet, octets);
            if (contentEnd > end || depth == MAX_DEPTH || (tag & 0x1f) == 0x1f) {
                throw new IOException("a value reaches past its container, nests too deep or has a long tag");
            }
            boolean constructed = (tag & 0x20) != 0;
            if (constructed) {
                ends[++depth] = (int) contentEnd;
            }
            position = constructed ? start : (int) contentEnd;
        }
    }

    private static long contentLength(byte[] der, int from, int end, int first, int octets) throws IOException {
        if (first < 0x80) {
            return first;
        }
        if (octets == 0 || octets > 3) {
            throw new IOException("a length is indefinite or too large");
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | u8(der, from + i, end);
        }
        return length;
    }

    private static int u8(byte[] der, int position, int end) throws IOException {
        if (position >= end) {
            throw new IOException("a value is cut off");
        }
        return Byte.toUnsignedInt(der[position]);
    }

    /**
     * The values directly inside a constructed value, each with its own header.
     *
     * @param der what {@link #read} accepted: with one encoding per value, a part of it is that value's encoding
     */
    static List<ByteString> children(ByteString der) {
        byte[] bytes = der.toByteArray();
        List<ByteString> children = new ArrayList<>();
        int position = contentStart(bytes, 0);
        while (position < bytes.length) {
            int start = contentStart(bytes, position);
            int end = start + contentLength(bytes, position);
            children.add(ByteString.copyOf(bytes, position, end - position));
            position = end;
        }
        return children;
    }

    private static int contentStart(byte[] der, int position) {
        int first = Byte.toUnsignedInt(der[position + 1]);
        return position + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int contentLength(byte[] der, int position) {
        int length = Byte.toUnsignedInt(der[position + 1]);
        if (length < 0x80) {
            return length;
        }
        int start = contentStart(der, position);
        length = 0;
        for (int i = position + 2; i < start; i++) {
            length = length << 8 | Byte.toUnsignedInt(der[i]);
        }
        return length;
    }

    /**
     * The instant of a certificate's or list's date: exactly YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, as RFC 5280 section 4.1.2.5
     * demands.
     *
     * @throws IOException when it is in another of the forms that ASN.1 knows
     */
    public static Instant instant(Time time) throws IOException {
        byte[] encoded = time.toASN1Primitive().getEncoded();
        // The content as received: the library's own reading completes what is missing, by the platform's time zone.
        String content = new String(encoded, 2, encoded.length - 2, StandardCharsets.ISO_8859_1);
        boolean shortYear = encoded[0] == UTC_TIME;
        // The rule for two digits: 50 to 99 are the years 1950 to 1999.
        String century = content.compareTo("50") < 0 ? "20" : "19";
        String text = shortYear ? century + content : content;
        if (text.length() != 15 || text.charAt(14) != 'Z') {
            throw new IOException("a date is not in UTC to the second");
        }
        for (int i = 0; i < 14; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new IOException("a date holds something else than digits");
            }
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 4, 6),
                            number(text, 6, 8),
                            number(text, 8, 10),
                            number(text, 10, 12),
                            number(text, 12, 14))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noSuchDay) {
            throw new IOException("a date does not exist");
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** Whether the algorithm is ecdsa-with-SHA256 without parameters (RFC 5758 section 3.2). */
    static boolean isEcdsaWithSha256(AlgorithmIdentifier algorithm) {
        return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
                && algorithm.getParameters() == null;
    }

    /** The 64 bytes r‖s of a signature value SEQUENCE {r, s} (RFC 3279 section 2.2.3). */
    static byte[] rawSignature(byte[] der) throws IOException {
        ASN1Sequence sequence = ASN1Sequence.getInstance(read(der));
        if (sequence.size() != 2) {
            throw new IOException("signature value is no pair of integers");
        }
        byte[] raw = new byte[2 * COMPONENT_LENGTH];
        for (int i = 0; i < 2; i++) {
            BigInteger component =
                    ASN1Integer.getInstance(sequence.getObjectAt(i)).getValue();
            if (component.signum() <= 0 || component.bitLength() > 8 * COMPONENT_LENGTH) {
                throw new IOException("signature value is out of range");
            }
            byte[] magnitude = component.toByteArray();
            int skip = Math.max(0, magnitude.length - COMPONENT_LENGTH);
            int length = magnitude.length - skip;
            System.arraycopy(magnitude, skip, raw, (i + 1) * COMPONENT_LENGTH - length, length);
        }
        return raw;
    }
}
