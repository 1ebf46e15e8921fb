package io.attested.sms.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.simulated.PccsStandIn;
import io.attested.sms.attestation.simulated.PccsStandIn.Behaviour;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.source.CachedCollateral;
import io.attested.sms.grant.RefusalCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service judges with its own collateral and ignores the enclave's. */
@Timeout(300)
class OwnCollateralTest {
    private final PccsStandIn pccs = PccsStandIn.start();
    private NativeScene scene;
    private CachedCollateral cache;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        scene = new NativeScene(folder);
        pccs.publish("sgx", SimulatedIntel.FMSPC_HEX, "platform", scene.intel.collateral());
        cache = scene.judgeWithOwnCollateral(pccs.base());
    }

    @AfterEach
    void close() {
        scene.close();
        pccs.close();
    }

    private RedeemOutcome redeem(Optional<CollateralParsing> sent) {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] runtimeData;
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            runtimeData = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
        }
        RedeemRequest right = scene.redemption(challenge, scene.enclave(), runtimeData);
        return scene.desks
                .envelopes()
                .redeem(new RedeemRequest(
                        right.challenge(), right.quote(), right.runtimeData(), sent.map(parsing -> () -> parsing)));
    }

    private static RefusalCode code(RedeemOutcome outcome) {
        assertThat(outcome).isInstanceOf(RedeemOutcome.Refused.class);
        return ((RedeemOutcome.Refused) outcome).refusal().code();
    }

    @Test
    void grantsWithoutAnyCollateralInTheRequest() {
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        assertThat(pccs.requests()).hasSize(4);
    }

    @Test
    void ignoresWhatTheEnclaveSendsGoodOrBad() {
        var revoking = scene.intel
                .collateralDraft()
                .rootCrl(list -> list.revoking(scene.intel.platformAuthority().serial()))
                .sign();
        assertThat(redeem(Optional.of(new CollateralParsing.Parsed(revoking))))
                .isInstanceOf(RedeemOutcome.Granted.class);
    }

    @Test
    void revocationKnownToTheServiceOnlyRefusesEvidenceWithOlderCollateral() {
        pccs.publish(
                "sgx",
                SimulatedIntel.FMSPC_HEX,
                "platform",
                scene.intel
                        .collateralDraft()
                        .tcbInfo(json -> json.replace("\"UpToDate\"", "\"OutOfDate\""))
                        .sign());
        assertThat(code(redeem(Optional.of(new CollateralParsing.Parsed(scene.intel.collateral())))))
                .isEqualTo(RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED);
    }

    @Test
    void outageWithNothingUsableIs503AndNoRefusalInTheLog() {
        pccs.behave(Behaviour.DOWN);
        assertThat(code(redeem(Optional.of(new CollateralParsing.Parsed(scene.intel.collateral())))))
                .isEqualTo(RefusalCode.COLLATERAL_UNAVAILABLE);
        assertThat(RefusalCode.COLLATERAL_UNAVAILABLE.kind()).isEqualTo(RefusalCode.Kind.UNAVAILABLE);
        int before = scene.entries().size();
        scene.clock.pass(Duration.ofSeconds(31));
        pccs.behave(Behaviour.NORMAL);
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        assertThat(scene.entries()).hasSizeGreaterThan(before);
    }

    private byte[] runtimeData(AskOutcome.Issued challenge) {
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            return NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
        }
    }

    @Test
    void forgedReportUnderAGenuineChainIsAnOrdinaryRefusalThatAsksNobody() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] runtimeData = runtimeData(challenge);
        byte[] quote = scene.redemption(challenge, scene.enclave(), runtimeData)
                .quote()
                .toByteArray();
        quote[112] ^= 1;
        int before = scene.entries().size();
        assertThat(code(scene.desks.envelopes().redeem(scene.redemption(challenge, quote, runtimeData))))
                .isEqualTo(RefusalCode.EVIDENCE_NOT_AN_ENCLAVE);
        assertThat(scene.entries()).hasSizeGreaterThan(before);
        assertThat(pccs.requests()).isEmpty();
    }

    @Test
    void genuineQuoteForOtherRuntimeDataAsksNobody() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] runtimeData = runtimeData(challenge);
        byte[] quote = scene.redemption(challenge, scene.enclave(), new byte[] {'{', '}'})
                .quote()
                .toByteArray();
        assertThat(code(scene.desks.envelopes().redeem(scene.redemption(challenge, quote, runtimeData))))
                .isEqualTo(RefusalCode.EVIDENCE_KEY_NOT_BOUND);
        assertThat(pccs.requests()).isEmpty();
    }

    @Test
    void genuineQuoteOfAnotherChallengeAsksNobody() {
        byte[] older = runtimeData(scene.challenge());
        AskOutcome.Issued challenge = scene.challenge();
        assertThat(code(scene.desks.envelopes().redeem(scene.redemption(challenge, scene.enclave(), older))))
                .isEqualTo(RefusalCode.EVIDENCE_WRONG_RUNTIME_DATA);
        assertThat(pccs.requests()).isEmpty();
    }

    @Test
    void collateralThatIsIgnoredIsNotReadEither() {
        AskOutcome.Issued challenge = scene.challenge();
        RedeemRequest right = scene.redemption(challenge, scene.enclave(), runtimeData(challenge));
        assertThat(scene.desks
                        .envelopes()
                        .redeem(new RedeemRequest(
                                right.challenge(), right.quote(), right.runtimeData(), Optional.of(() -> {
                                    throw new AssertionError("it was read");
                                }))))
                .isInstanceOf(RedeemOutcome.Granted.class);
    }

    @Test
    void outageWithAWarmCacheChangesNothing() {
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        pccs.behave(Behaviour.DOWN);
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        assertThat(cache.held()).hasSize(1);
    }
}
