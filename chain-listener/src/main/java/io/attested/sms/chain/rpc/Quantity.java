package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Numbers and bytes of Ethereum's JSON-RPC, and their bounds: what does not fit is malformed. */
final class Quantity {
    private static final int MAX_DIGITS = 64;

    /** Last second of the year 9999: far beyond any deadline, and printable as an instant. */
    private static final long LAST_SECOND = 253402300799L;

    private Quantity() {}

    static String text(long value) {
        return "0x" + Long.toHexString(value);
    }

    static BigInteger number(JsonNode node, String what) throws ReadFailure {
        String text = node.isString() ? node.asString() : "";
        if (text.length() < 3 || text.length() > 2 + MAX_DIGITS || !text.startsWith("0x") || !digits(text)) {
            throw ReadFailure.malformed(what + " is not a hexadecimal quantity");
        }
        return new BigInteger(text.substring(2), 16);
    }

    static long longNumber(JsonNode node, String what) throws ReadFailure {
        return longValue(number(node, what), what);
    }

    static long longValue(BigInteger value, String what) throws ReadFailure {
        if (value.signum() < 0 || value.bitLength() > 63) {
            throw ReadFailure.malformed(what + " is out of range");
        }
        return value.longValue();
    }

    static Instant instant(BigInteger seconds, String what) throws ReadFailure {
        long value = longValue(seconds, what);
        if (value > LAST_SECOND) {
            throw ReadFailure.malformed(what + " is out of range");
        }
        return Instant.ofEpochSecond(value);
    }

    static byte[] bytes(JsonNode node, String what) throws ReadFailure {
        String text = node.isString() ? node.asString() : "";
        if (!text.startsWith("0x") || text.length() % 2 != 0 || !digits(text)) {
            throw ReadFailure.malformed(what + " is not hexadecimal data");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    static Bytes32 word(JsonNode node, String what) throws ReadFailure {
        byte[] bytes = bytes(node, what);
        if (bytes.length != Bytes32.LENGTH) {
            throw ReadFailure.malformed(what + " does not have 32 bytes");
        }
        return Bytes32.of(bytes);
    }

    private static boolean digits(String text) {
        return text.chars().skip(2).allMatch(HexFormat::isHexDigit);
    }
}
