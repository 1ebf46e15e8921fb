package io.attested.sms.session;

import io.attested.sms.chain.Bytes32;
import java.security.SecureRandom;

/**
 * Name of a session in the original's form: ten random letters or digits, {@code 0000}, the task id with its {@code 0x}.
 *
 * @param value 80 characters
 */
public record SessionId(String value) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** A new name for a session of {@code task}. */
    public static SessionId fresh(Bytes32 task, SecureRandom random) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new SessionId(id + "0000" + task);
    }
}
