package io.attested.sms.chain;

import java.math.BigInteger;

/** Bytes as the text of a CID, without the prefix that names the base. Source: the multibase specification. */
public final class Multibase {
    /** The digits of base58btc. */
    public static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /** The digits of base32 in lower case. */
    public static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private Multibase() {}

    /** The bytes as one number in base58; zeros at their beginning, which no CID of version 0 has, are lost. */
    public static String base58(byte[] bytes) {
        BigInteger base = BigInteger.valueOf(BASE58.length());
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(base)) {
            digits.append(BASE58.charAt(rest.mod(base).intValue()));
        }
        return digits.reverse().toString();
    }

    /** Five bits a digit, without padding. */
    public static String base32(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte next : bytes) {
            buffer = buffer << 8 | next & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                digits.append(BASE32.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            digits.append(BASE32.charAt(buffer << 5 - bits & 31));
        }
        return digits.toString();
    }
}
