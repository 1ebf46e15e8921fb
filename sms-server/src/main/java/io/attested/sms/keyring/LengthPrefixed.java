package io.attested.sms.keyring;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Injective encoding of associated data: each field is a 4-byte big-endian length and its bytes; text is UTF-8, numbers
 * are 8 bytes big-endian. Without lengths, moving a character from one field to its neighbour would go unnoticed.
 */
final class LengthPrefixed {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    LengthPrefixed(String domain) {
        add(domain);
    }

    LengthPrefixed add(byte[] field) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        out.writeBytes(field);
        return this;
    }

    LengthPrefixed add(String field) {
        return add(field.getBytes(StandardCharsets.UTF_8));
    }

    LengthPrefixed add(long field) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
    }

    LengthPrefixed add(KeyScope scope) {
        return add(scope.realm()).add(scope.chainId()).add(scope.hub().bytes());
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
