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
@Timeout(120)
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
                .redeem(new RedeemRequest(right.challenge(), right.quote(), right.runtimeData(), sent));
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

    @Test
    void outageWithAWarmCacheChangesNothing() {
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        pccs.behave(Behaviour.DOWN);
        assertThat(redeem(Optional.empty())).isInstanceOf(RedeemOutcome.Granted.class);
        assertThat(cache.held()).hasSize(1);
    }
}
