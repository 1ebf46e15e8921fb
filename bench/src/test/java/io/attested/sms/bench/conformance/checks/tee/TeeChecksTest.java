package io.attested.sms.bench.conformance.checks.tee;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Check;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeeChecksTest {
    /** Contract section 2.6, row 5. */
    @Test
    void schedulersRequestIsVectorFive() {
        assertThat(hex(Challenges.task(Vectors.TASK))).isEqualTo(Vectors.CHALLENGE_HASH);
        assertThat(Vectors.POOL.signMessage(Challenges.task(Vectors.TASK))).isEqualTo(Vectors.CHALLENGE_SIGNATURE);
    }

    /** Contract section 2.6, row 6. */
    @Test
    void authorisationIsVectorSix() {
        byte[] hash = Challenges.authorization(Vectors.OWNER.address(), Vectors.TASK, Vectors.ENCLAVE);
        assertThat(hex(hash)).isEqualTo(Vectors.AUTHORIZATION_HASH);
        SessionAsk ask = SessionAsk.signed(Vectors.POOL, Vectors.OWNER, Vectors.TASK, Vectors.ENCLAVE);
        assertThat(ask.poolSignature()).isEqualTo(Vectors.POOL_SIGNATURE);
        assertThat(ask.header()).contains(Vectors.WORKER_SIGNATURE);
    }

    @Test
    void changedRequestLeavesTheFirstAsItWas() {
        SessionAsk ask = SessionAsk.signed(Vectors.POOL, Vectors.OWNER, Vectors.TASK, Vectors.ENCLAVE);
        SessionAsk changed = ask.with("workerWallet", Vectors.POOL.address()).without("enclaveChallenge");
        assertThat(changed.members()).containsEntry("workerWallet", Vectors.POOL.address());
        assertThat(changed.members()).doesNotContainKey("enclaveChallenge");
        assertThat(ask.members()).containsEntry("workerWallet", Vectors.OWNER.address());
        assertThat(ask.members()).containsKey("enclaveChallenge");
    }

    @Test
    void everyCheckHasAnIdOfItsOwnAndMoreThanSeventyThereAre() {
        List<String> ids = TeeChecks.all().stream().map(Check::id).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(70).allMatch(id -> id.startsWith("tee-"));
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
