package io.attested.sms.bench.conformance.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.contracts.testbed.Wallet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The kit's own hashes and signatures are the contract's, section 2.6. */
class VectorChecksTest {
    private final Wallet owner = Wallet.ofPrivateKey(VectorChecks.OWNER_KEY);

    @Test
    void domainIsTheContracts() {
        assertThat(HexFormat.of().formatHex(Challenges.domain()))
                .isEqualTo("0a26923d45a019b77e856d0001681f98ab9707ec15b2b98048cc91eed00b6793");
    }

    @Test
    void signaturesAreTheVectors() {
        String address = owner.checksummedAddress();
        assertThat(owner.signMessage(Challenges.named(address, "iexec-result-dropbox-token", "my-token")))
                .isEqualTo(VectorChecks.FIRST_VECTOR);
        assertThat(owner.signMessage(Challenges.named(address, "my-secret", "hello é")))
                .isEqualTo(VectorChecks.SECOND_VECTOR);
        assertThat(owner.signMessage(
                        Challenges.web3("0x52908400098527886E0F7030069857D2E4169EE7", "dGVzdC1kYXRhc2V0LWtleQ==")))
                .isEqualTo(VectorChecks.THIRD_VECTOR);
        assertThat(owner.signMessage(Challenges.app("0x8617E340B3D01FA5F11F306F4090FD50E238070D", "app-secret")))
                .isEqualTo(VectorChecks.FOURTH_VECTOR);
    }
}
