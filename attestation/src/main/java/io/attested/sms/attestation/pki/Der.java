package io.attested.sms.attestation.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Strict DER (X.690): definite minimal lengths, bounded nesting, and nothing that encodes differently again. */
public final class Der {
    /** Certificates of this PKI nest about ten deep; the bound keeps the recursive ASN.1 reader off the stack's end. */
    private static final int MAX_DEPTH = 24;

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
        Deque<Integer> ends = new ArrayDeque<>();
        ends.push(der.length);
        int position = 0;
        while (!ends.isEmpty()) {
            int end = ends.peek();
            if (position == end) {
                ends.pop();
                continue;
            }
            int tag = u8(der, position, end);
            int lengthOctet = u8(der, position + 1, end);
            int octets = lengthOctet < 0x80 ? 0 : lengthOctet - 0x80;
            int start = position + 2 + octets;
            long contentEnd = start + contentLength(der, position + 2, end, lengthOctet, octets);
            if (contentEnd > end || ends.size() > MAX_DEPTH || (tag & 0x1f) == 0x1f) {
                throw new IOException("a value reaches past its container, nests too deep or has a long tag");
            }
            boolean constructed = (tag & 0x20) != 0;
            if (constructed) {
                ends.push((int) contentEnd);
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
