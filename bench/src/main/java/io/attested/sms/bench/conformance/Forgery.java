package io.attested.sms.bench.conformance;

import java.math.BigInteger;

/** Signatures changed after they were made; each takes and gives {@code 0x}, r and s (64 digits each) and v (2). */
public final class Forgery {
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final int R = 2;
    private static final int S = R + 64;
    private static final int V = S + 64;
    private static final int EVEN = 27;

    private Forgery() {}

    /** With another v, 0 to 255. */
    public static String withV(String signature, int v) {
        return signature.substring(0, V) + String.format("%02x", v);
    }

    /** v, 27 or 28 of an unchanged signature. */
    public static int v(String signature) {
        return Integer.parseInt(signature.substring(V), 16);
    }

    /** With v less 27: 0 or 1. */
    public static String withRecoveryId(String signature) {
        return withV(signature, v(signature) - EVEN);
    }

    /** The twin with n − s and the other v: the same signer to who does not refuse it. */
    public static String highS(String signature) {
        BigInteger s = new BigInteger(signature.substring(S, V), 16);
        String twin = String.format("%064x", ORDER.subtract(s));
        return withV(signature.substring(0, S) + twin + "00", v(signature) == EVEN ? EVEN + 1 : EVEN);
    }

    /** With r = 0. */
    public static String zeroR(String signature) {
        return "0x" + "0".repeat(64) + signature.substring(S);
    }

    /** With s = 0. */
    public static String zeroS(String signature) {
        return signature.substring(0, S) + "0".repeat(64) + signature.substring(V);
    }

    /** With r = n, which no signature has. */
    public static String orderR(String signature) {
        return "0x" + String.format("%064x", ORDER) + signature.substring(S);
    }

    /** With the last bit of s turned. */
    public static String oneBit(String signature) {
        BigInteger s = new BigInteger(signature.substring(S, V), 16).flipBit(0);
        return signature.substring(0, S) + String.format("%064x", s) + signature.substring(V);
    }
}
