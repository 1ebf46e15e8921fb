package io.attested.sms.release;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.MacPurpose;
import io.attested.sms.session.ReleaseWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes and reads challenges: a MACed text over task, stage, worker, nonce and expiry.
 *
 * <p>Nothing is stored until a challenge is redeemed, so asking costs no row. Layout before base64url without padding:
 * version 1 (1 byte), task (32), worker (20), nonce (32), expiry in seconds (8, big-endian), HMAC-SHA-256 (32). The
 * stage is always {@code app} and therefore part of the version.
 */
final class ChallengeMint {
    /** How long a challenge may be redeemed. */
    static final Duration LIFETIME = Duration.ofMinutes(2);

    private static final byte VERSION = 1;
    private static final int BODY_LENGTH = 1 + 32 + 20 + 32 + 8;
    private static final int TOKEN_LENGTH = BODY_LENGTH + 32;

    private final Keyring keyring;
    private final SecureRandom random;

    ChallengeMint(Keyring keyring, SecureRandom random) {
        this.keyring = keyring;
        this.random = random;
    }

    ChallengeToken mint(Bytes32 task, Address worker, Instant now) {
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        Instant expiresAt = Instant.ofEpochSecond(now.plus(LIFETIME).getEpochSecond());
        return new ChallengeToken(task, ReleaseWriter.STAGE, worker, Bytes32.of(nonce), expiresAt);
    }

    /** The text handed to the worker. */
    String write(ChallengeToken token) {
        byte[] body = ByteBuffer.allocate(BODY_LENGTH)
                .put(VERSION)
                .put(token.chainTaskId().bytes())
                .put(token.worker().bytes())
                .put(token.nonce().bytes())
                .putLong(token.expiresAt().getEpochSecond())
                .array();
        byte[] whole = Arrays.copyOf(body, TOKEN_LENGTH);
        System.arraycopy(keyring.mac(MacPurpose.CHALLENGE_TOKEN, body), 0, whole, BODY_LENGTH, 32);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** The challenge behind a text, or nothing when this service did not make it. */
    Optional<ChallengeToken> read(String text) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (whole.length != TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(whole, BODY_LENGTH);
        byte[] mac = Arrays.copyOfRange(whole, BODY_LENGTH, TOKEN_LENGTH);
        if (!MessageDigest.isEqual(mac, keyring.mac(MacPurpose.CHALLENGE_TOKEN, body)) || body[0] != VERSION) {
            return Optional.empty();
        }
        return Optional.of(parse(ByteBuffer.wrap(body, 1, BODY_LENGTH - 1)));
    }

    private static ChallengeToken parse(ByteBuffer body) {
        byte[] task = new byte[32];
        byte[] worker = new byte[20];
        byte[] nonce = new byte[32];
        body.get(task).get(worker).get(nonce);
        return new ChallengeToken(
                Bytes32.of(task),
                ReleaseWriter.STAGE,
                Address.of(worker),
                Bytes32.of(nonce),
                Instant.ofEpochSecond(body.getLong()));
    }
}
