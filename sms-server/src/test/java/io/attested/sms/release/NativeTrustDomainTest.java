package io.attested.sms.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.grant.RefusalCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native protocol with a trust domain: what leaves, and what the log says of it. */
class NativeTrustDomainTest {
    private NativeScene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = new NativeScene(folder);
        scene.chain.knows(scene.facts().tag(9).mrenclave("").facts());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private SimulatedTrustDomain domain() {
        return SimulatedTrustDomain.of(scene.intel, NativeScene.BASE_IMAGE)
                .launched(
                        scene.facts().facts().app().checksum().bytes(),
                        scene.store.keyring().serviceKey().publicKey().bytes());
    }

    private RedeemOutcome redeem(SimulatedTrustDomain domain, EnvelopeOpener opener, byte[] runtimeData, String token) {
        byte[] quote = domain.quote(ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData));
        return scene.desks
                .envelopes()
                .redeem(new RedeemRequest(
                        token,
                        ByteString.copyOf(quote),
                        ByteString.copyOf(runtimeData),
                        Optional.of(() -> new CollateralParsing.Parsed(scene.intel.tdxCollateral()))));
    }

    @Test
    void theRightTrustDomainGetsTheEnvelopeAndTheEntrySaysWhatItIs() {
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            AskOutcome.Issued challenge = scene.challenge();
            byte[] runtimeData = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            RedeemOutcome outcome = redeem(domain(), opener, runtimeData, challenge.challenge());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            RedeemOutcome.Granted.class,
                            granted -> assertThat(NativeScene.open(opener, granted, runtimeData))
                                    .hasValueSatisfying(text -> assertThat(text).contains(NativeScene.DATASET_KEY)));
            assertThat(entry(Event.GRANTED))
                    .containsEntry(Field.MR_TD, NativeScene.BASE_IMAGE.mrTd().hex())
                    .containsEntry(
                            Field.RTMR0, NativeScene.BASE_IMAGE.rtmrs().get(0).hex())
                    .containsEntry(
                            Field.RTMR1, NativeScene.BASE_IMAGE.rtmrs().get(1).hex())
                    .containsEntry(
                            Field.RTMR2, NativeScene.BASE_IMAGE.rtmrs().get(2).hex())
                    .containsEntry(Field.POLICY_DIGEST, NativeScene.POLICY.toString())
                    .containsEntry(Field.XFAM, SimulatedTrustDomain.USUAL_XFAM.hex())
                    .containsEntry(Field.TD_ATTRIBUTES, SimulatedTrustDomain.SEPT_VE_DISABLE.hex())
                    .containsKey(Field.PLATFORM)
                    .containsEntry(Field.RTMR3, domain().rtmr3().hex())
                    .containsEntry(Field.TCB_STATUS, "UpToDate")
                    .doesNotContainKey(Field.MR_ENCLAVE);
        }
    }

    @Test
    void aStartedTrustDomainGetsNothingAndTheEntrySaysWhatItShowed() {
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            AskOutcome.Issued challenge = scene.challenge();
            byte[] runtimeData = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            SimulatedTrustDomain started = domain().extended(LaunchEvent.started());

            assertThat(redeem(started, opener, runtimeData, challenge.challenge()))
                    .isInstanceOfSatisfying(
                            RedeemOutcome.Refused.class,
                            refused ->
                                    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.EVIDENCE_WRONG_LAUNCH));
            assertThat(entry(Event.REFUSED))
                    .containsEntry(Field.CODE, "evidence.wrong-launch")
                    .containsEntry(Field.RTMR3, started.rtmr3().hex());
        }
    }

    private Map<Field, String> entry(Event event) {
        return scene.entries().stream()
                .filter(entry -> entry.event() == event)
                .map(AuditEntry::fields)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
