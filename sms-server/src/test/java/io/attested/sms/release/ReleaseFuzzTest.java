package io.attested.sms.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.identity.WalletSignature;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Runtime data as an enclave hashed them, and signatures as anybody sends them. */
class ReleaseFuzzTest {
    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    @FuzzTest
    void runtimeData(byte[] bytes) {
        RuntimeData.parse(bytes).ifPresent(data -> assertThat(data.purpose()).isNotNull());
    }

    @FuzzTest
    void signature(byte[] bytes) {
        WalletSignature.parse(new String(bytes, StandardCharsets.ISO_8859_1))
                .ifPresent(signature -> assertThat(signature.s()).isBetween(BigInteger.ONE, HALF_ORDER));
    }
}
