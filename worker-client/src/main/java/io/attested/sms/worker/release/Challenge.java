package io.attested.sms.worker.release;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * The service's answer to an ask.
 *
 * @param token opaque; base64url text
 * @param nonce 32 bytes that evidence must carry
 * @param expiresAt until when it can be redeemed, once
 * @param serviceKey the key the service says it signs with
 */
public record Challenge(String token, Bytes32 nonce, Instant expiresAt, ServiceKey serviceKey) {
    private static final Set<String> MEMBERS = Set.of("challenge", "nonce", "expiresAt", "serviceKey");

    static Challenge parse(byte[] json) throws MalformedJsonException {
        StrictJson object = StrictJson.parse("the service's challenge", json, MEMBERS);
        return new Challenge(
                object.parsed("challenge", "base64url text of at most 4096 characters", Challenge::token),
                object.parsed("nonce", Wire.HASH, Bytes32::parse),
                object.parsed("expiresAt", "an ISO-8601 instant in UTC", Challenge::instant),
                object.parsed("serviceKey", Wire.HASH, ServiceKey::parse));
    }

    private static Optional<String> token(String text) {
        // Padding and dots are let through: the token is opaque, only its alphabet must be harmless.
        return text.matches("[A-Za-z0-9_.=-]{1,4096}") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
