package io.attested.sms.bench.conformance;

import io.attested.sms.contracts.testbed.Wallet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What callers sign, contract sections 2.1 and 2.4: each 32 bytes. Hashes of the values' exact UTF-8 bytes. */
public final class Challenges {
    /** The key in the challenge of an app developer's secret. */
    public static final String APP_KEY = "1";

    private static final int ADDRESS = 20;
    private static final byte[] DOMAIN = Wallet.keccak(utf8("IEXEC_SMS_DOMAIN"));

    private Challenges() {}

    /** {@code H(DOMAIN ‖ address ‖ H(value))}. */
    public static byte[] web3(String address, String value) {
        return hash(DOMAIN, hex(address), Wallet.keccak(utf8(value)));
    }

    /** {@code H(DOMAIN ‖ address ‖ H(name) ‖ H(value))}: web2 and requesters' secrets. */
    public static byte[] named(String address, String name, String value) {
        return hash(DOMAIN, hex(address), Wallet.keccak(utf8(name)), Wallet.keccak(utf8(value)));
    }

    /** That of an app developer's secret. */
    public static byte[] app(String address, String value) {
        return named(address, APP_KEY, value);
    }

    /** {@code H(chainTaskId)}: signed by the scheduler who asks for a task's challenge. */
    public static byte[] task(String chainTaskId) {
        return hash(hex(chainTaskId));
    }

    /** {@code H(workerWallet ‖ chainTaskId ‖ enclaveChallenge)}: signed by scheduler and worker. */
    public static byte[] authorization(String workerWallet, String chainTaskId, String enclaveChallenge) {
        return hash(hex(workerWallet), hex(chainTaskId), hex(enclaveChallenge));
    }

    /** The domain of secret challenges, {@code H("IEXEC_SMS_DOMAIN")}. */
    public static byte[] domain() {
        return DOMAIN.clone();
    }

    /** Keccak-256 of the parts one after the other. */
    public static byte[] hash(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return Wallet.keccak(all.toByteArray());
    }

    /** The bytes of {@code 0x} and an even number of digits. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An address nobody has the key of. */
    static String address(byte[] random) {
        return "0x" + HexFormat.of().formatHex(random, 0, ADDRESS);
    }
}
