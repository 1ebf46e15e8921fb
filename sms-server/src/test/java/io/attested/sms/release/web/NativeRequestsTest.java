package io.attested.sms.release.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.DealClaim;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.release.AskRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ask may say of its deal, and how long its signatures may be. */
class NativeRequestsTest {
    private static final String DEAL = "\"" + TestStore.bytes32(0xdea1) + "\"";

    private static AskRequest read(String members, String signature) {
        String task = "\"chainTaskId\":\"" + TestStore.bytes32(1) + "\"";
        String challenge = "\"enclaveChallenge\":\"" + TestStore.address(2) + "\"";
        String worker = TestStore.address(3).toString();
        String body = "{\"authorization\":{" + task + "," + challenge + ",\"workerWallet\":\"" + worker + "\"" + members
                + ",\"signature\":{\"value\":\"" + signature + "\"}},\"ask\":{" + task + "," + challenge
                + ",\"worker\":\"" + worker + "\",\"stage\":\"app\",\"deadline\":1},\"askSignature\":\"" + signature
                + "\"}";
        return NativeRequests.ask(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void askWhenDealAndIndexAreSaidThenTheyAreRead() {
        assertThat(read(",\"dealId\":" + DEAL + ",\"taskIndex\":7", "").deal())
                .contains(new DealClaim(TestStore.bytes32(0xdea1), 7));
        assertThat(read(",\"dealId\":" + DEAL + ",\"taskIndex\":999999999999999999", "")
                        .deal())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"taskIndex\":7",
                ",\"dealId\":@",
                ",\"dealId\":@,\"taskIndex\":-1",
                ",\"dealId\":@,\"taskIndex\":1.5",
                ",\"dealId\":@,\"taskIndex\":1e3",
                ",\"dealId\":@,\"taskIndex\":\"7\"",
                ",\"dealId\":@,\"taskIndex\":null",
                ",\"dealId\":@,\"taskIndex\":1234567890123456789",
                ",\"dealId\":@,\"taskIndex\":{}",
                ",\"dealId\":\"not a deal\",\"taskIndex\":7",
                ",\"dealId\":\"\",\"taskIndex\":7",
                ",\"dealId\":7,\"taskIndex\":7",
                ",\"dealId\":null,\"taskIndex\":7",
                ",\"dealId\":[@],\"taskIndex\":7"
            })
    void askWhenEitherIsMissingOrNoneThenThereIsNoClaim(String members) {
        assertThat(read(members.replace("@", DEAL), "").deal()).isEmpty();
    }

    @Test
    void askWhenSignaturesAreNoKeysThenTheirBytesAreKept() {
        AskRequest request = read("", "0x" + "5a".repeat(10_000));

        assertThat(request.askSignature().orElseThrow().bytes()).hasSize(10_000);
        assertThat(request.poolSignature().orElseThrow().ofKey()).isEmpty();
        assertThat(read("", "nonsense").askSignature()).isEmpty();
    }
}
