package io.attested.sms.attestation.source;

import static io.attested.sms.attestation.source.SourceScene.KEY;
import static io.attested.sms.attestation.source.SourceScene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.CertificateTerms;
import io.attested.sms.attestation.simulated.CollateralDraft;
import io.attested.sms.attestation.simulated.SimulatedCertificate;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.source.CollateralAnswer.Found;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import io.attested.sms.attestation.source.CollateralAnswer.Unavailable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a list at hand revokes is revoked, whichever answer the list came with. */
@Timeout(300)
class NewestListsTest {
    private static final String OTHER = "00c0de000002";
    private static final CollateralKey OTHER_KEY =
            new CollateralKey(KEY.tee(), ByteString.ofHex(OTHER), KEY.authority());
    private static final Instant ISSUED = NOW.minus(Duration.ofHours(1));
    private static final Instant LATER = NOW.minus(Duration.ofMinutes(5));
    private static final Instant NEXT = NOW.plus(Duration.ofDays(30));

    private final SourceScene scene = new SourceScene();
    private final SimulatedCertificate pck = scene.intel
            .platformAuthority()
            .issue(scene.intel.pckTermsOf(KEY.fmspc().toByteArray(), true));

    @AfterEach
    void stop() {
        scene.close();
    }

    private byte[] quote() {
        return SimulatedEnclave.of(scene.intel, new byte[32])
                .draft(new byte[64], pck, scene.intel.platformAuthority().pem() + scene.intel.rootPem())
                .sign();
    }

    private Verdict judged(CachedCollateral cache) {
        CollateralAnswer answer = cache.get(KEY);
        assertThat(answer).isInstanceOf(Found.class);
        return scene.verifier.verify(quote(), ((Found) answer).checked().collateral(), scene.clock.instant());
    }

    private static RejectionReason reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        return ((Verdict.Rejected) verdict).reason();
    }

    private CollateralDraft revokingPck(BigInteger serial) {
        return scene.intel
                .collateralDraft()
                .pckCrl(list -> list.valid(LATER, NEXT).revoking(serial));
    }

    private static CollateralDraft ofOther(CollateralDraft draft) {
        return draft.tcbInfo(
                json -> json.replace(KEY.fmspc().hex().toUpperCase(Locale.ROOT), OTHER.toUpperCase(Locale.ROOT)));
    }

    private void publishOther(CollateralDraft draft) {
        scene.pccs.publish("sgx", OTHER, "platform", ofOther(draft).sign());
    }

    @Test
    void listOfOneModelsAnswerRevokesAPlatformOfAnother() {
        CachedCollateral cache = scene.cache();
        assertThat(judged(cache)).isInstanceOf(Verdict.Verified.class);
        publishOther(revokingPck(pck.serial()));
        assertThat(cache.get(OTHER_KEY)).isInstanceOf(Found.class);
        assertThat(reason(judged(cache))).isEqualTo(RejectionReason.PCK_REVOKED);
    }

    @Test
    void listOfAnotherCaTouchesNobodyElse() {
        CachedCollateral cache = scene.cache();
        assertThat(judged(cache)).isInstanceOf(Verdict.Verified.class);
        cache.take(scene.intel
                .processorCollateralDraft()
                .pckCrl(list -> list.valid(LATER, NEXT).revoking(pck.serial()))
                .sign());
        assertThat(judged(cache)).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void newerListIsTakenFromAnAnswerWhoseTcbInfoIsOlder() {
        CachedCollateral cache = scene.cache();
        judged(cache);
        String older = "\"issueDate\":\"" + ISSUED.minus(Duration.ofHours(1)) + "\"";
        Collateral answer = revokingPck(pck.serial())
                .tcbInfo(json -> json.replaceFirst("\"issueDate\":\"[^\"]*\"", older))
                .sign();
        assertThat(cache.take(answer)).isInstanceOf(CollateralVerdict.Good.class);
        assertThat(reason(judged(cache))).isEqualTo(RejectionReason.PCK_REVOKED);
        assertThat(((Found) cache.get(KEY)).checked().collateral().tcbInfo())
                .isEqualTo(scene.intel.collateral().tcbInfo());
    }

    /** Collateral of another signer with a newer root list that revokes the usual one. */
    private CollateralDraft revokingSigner(CollateralDraft draft) {
        CertificateTerms usual = scene.intel.tcbSignerTerms();
        SimulatedCertificate other = scene.intel
                .root()
                .issue(new CertificateTerms(
                        usual.commonName(),
                        scene.intel.key("second-tcb-signer"),
                        usual.notBefore(),
                        usual.notAfter(),
                        usual.pathLength(),
                        usual.usage(),
                        usual.pckExtension()));
        return draft.tcbSigner(other)
                .rootCrl(list ->
                        list.valid(LATER, NEXT).revoking(scene.intel.tcbSigner().serial()));
    }

    @Test
    void answerSignedByARevokedSignerIsRefusedThoughItsOwnListIsSilent() {
        CachedCollateral cache = scene.cache();
        assertThat(cache.take(
                        revokingSigner(scene.intel.processorCollateralDraft()).sign()))
                .isInstanceOf(CollateralVerdict.Good.class);
        CollateralAnswer answer = cache.get(KEY);
        assertThat(answer).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.reason()).isEqualTo(Reason.WRONG_ANSWER);
            assertThat(unavailable.detail()).contains("TCB signer").contains("revoked");
        });
        assertThat(cache.take(scene.intel.collateral())).isInstanceOf(CollateralVerdict.Wrong.class);
    }

    @Test
    void newerRootListTakesAwayWhatARevokedSignerSigned() {
        CachedCollateral cache = scene.cache();
        judged(cache);
        cache.take(revokingSigner(scene.intel.processorCollateralDraft()).sign());
        assertThat(cache.held())
                .extracting(CheckedCollateral::key)
                .doesNotContain(KEY)
                .hasSize(1);
    }

    @Test
    void listsOutliveARestartAndTheCollateralTheyCameWith(@TempDir Path dir) throws IOException {
        Path folder = dir.resolve("collateral");
        CachedCollateral cache = scene.cache(Optional.of(folder));
        judged(cache);
        publishOther(revokingPck(pck.serial()).rootCrl(list -> list.valid(LATER, NEXT)));
        cache.get(OTHER_KEY);
        Files.delete(folder.resolve(OTHER_KEY + ".json"));
        assertThat(folder.resolve("root-ca.crl")).exists();
        assertThat(folder.resolve("pck-platform.pem")).exists();
        scene.events.clear();
        assertThat(reason(judged(scene.cache(Optional.of(folder))))).isEqualTo(RejectionReason.PCK_REVOKED);
        assertThat(scene.events).isEmpty();
    }

    @Test
    void damagedListFilesAreIgnoredAndReported(@TempDir Path dir) throws IOException {
        Path folder = dir.resolve("collateral");
        judged(scene.cache(Optional.of(folder)));
        for (String name : new String[] {"root-ca.crl", "pck-platform.pem"}) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            byte[] damaged = whole.clone();
            damaged[whole.length - 40] ^= 1;
            Files.write(folder.resolve(name), damaged);
            scene.events.clear();
            assertThat(judged(scene.cache(Optional.of(folder)))).isInstanceOf(Verdict.Verified.class);
            assertThat(scene.events).singleElement().asString().startsWith("ignored " + name);
            Files.write(folder.resolve(name), whole);
        }
    }
}
