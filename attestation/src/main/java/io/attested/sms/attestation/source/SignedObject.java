package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One member of a response and the signature over its bytes.
 *
 * @param bytes the object exactly as received
 * @param signature r‖s, 64 bytes
 */
record SignedObject(ByteString bytes, ByteString signature) {
    private static final Pattern TAIL = Pattern.compile("\\},\"signature\":\"([0-9a-fA-F]{128})\"\\}\\s*\\z");
    private static final int TAIL_LENGTH = 256;

    /**
     * Cuts {@code {"member":{…},"signature":"<128 hex>"}} without parsing what is signed: only these bytes verify.
     * Whatever stands between is the signature's business.
     */
    static Optional<SignedObject> cut(byte[] body, String member) {
        // One char for each byte, so that positions in the text are positions in the body.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String head = "{\"" + member + "\":";
        int start = head.length();
        if (!text.startsWith(head + "{")) {
            return Optional.empty();
        }
        Matcher tail = TAIL.matcher(text).region(Math.max(start, text.length() - TAIL_LENGTH), text.length());
        if (!tail.find()) {
            return Optional.empty();
        }
        int end = tail.start() + 1;
        return Optional.of(
                new SignedObject(ByteString.copyOf(body, start, end - start), ByteString.ofHex(tail.group(1))));
    }
}
