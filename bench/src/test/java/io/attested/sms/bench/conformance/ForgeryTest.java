package io.attested.sms.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.Wallet;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.SignatureException;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Changed signatures are what their names say, judged by another library. */
class ForgeryTest {
    private static final byte[] CHALLENGE = new byte[32];

    private final Actor actor = new Actor(Wallet.random(new SecureRandom()));
    private final String signature = actor.sign(CHALLENGE);

    private static String signer(String signature) throws SignatureException {
        byte[] bytes = Numeric.hexStringToByteArray(signature);
        Sign.SignatureData data = new Sign.SignatureData(
                bytes[64], java.util.Arrays.copyOf(bytes, 32), java.util.Arrays.copyOfRange(bytes, 32, 64));
        BigInteger key = Sign.signedPrefixedMessageToKey(CHALLENGE, data);
        return "0x" + org.web3j.crypto.Keys.getAddress(key);
    }

    @Test
    void highTwinHasTheSameSigner() throws SignatureException {
        assertThat(signer(signature)).isEqualTo(actor.address());
        assertThat(signer(Forgery.highS(signature))).isEqualTo(actor.address());
        assertThat(Forgery.highS(signature)).isNotEqualTo(signature).hasSameSizeAs(signature);
        assertThat(Forgery.highS(Forgery.highS(signature))).isEqualTo(signature);
    }

    @Test
    void oneBitAndTheOtherVHaveAnotherSigner() throws SignatureException {
        assertThat(signer(Forgery.oneBit(signature))).isNotEqualTo(actor.address());
        assertThat(signer(Forgery.withV(signature, 55 - Forgery.v(signature)))).isNotEqualTo(actor.address());
    }

    @Test
    void formsStayThoseOfSixtyFiveBytes() {
        assertThat(Forgery.withRecoveryId(signature)).matches("0x[0-9a-f]{128}0[01]");
        assertThat(Forgery.zeroR(signature)).hasSameSizeAs(signature).startsWith("0x" + "0".repeat(64));
        assertThat(Forgery.zeroS(signature).substring(66, 130)).isEqualTo("0".repeat(64));
        assertThat(Forgery.withV(signature, 255)).endsWith("ff").hasSameSizeAs(signature);
    }
}
