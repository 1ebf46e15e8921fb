package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.tcb.TdxTcb.domain10;
import static io.attested.sms.attestation.tcb.TdxTcb.level;
import static io.attested.sms.attestation.tcb.TdxTcb.module;
import static io.attested.sms.attestation.tcb.TdxTcb.put;
import static io.attested.sms.attestation.tcb.TdxTcb.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether TCB info and QE identity are current, and whether they are about this platform, module and enclave. */
class CollateralChecksTest {
    private static final String LEVEL = level(3, 10, new int[] {5, 0, 7}, "UpToDate", "2025-01-01", "");

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 0, ",
        "2026-01-31T00:00:00Z, 0, ",
        "2025-12-31T23:59:59Z, 0, NOT_YET_VALID",
        "2025-12-31T23:59:59Z, 5, NOT_YET_VALID",
        "2026-01-31T00:00:01Z, 0, EXPIRED",
        "2026-01-31T00:00:05Z, 5, ",
        "2026-01-31T00:00:06Z, 5, EXPIRED"
    })
    void datesAreInclusive(Instant instant, long grace, @org.jspecify.annotations.Nullable String reason)
            throws Exception {
        JudgedAt at = new JudgedAt(instant, Duration.ofSeconds(grace));
        TcbInfo info = TdxTcb.info(module(), LEVEL);
        QeIdentity qe = TdxTcb.qe();
        if (reason == null) {
            assertThatCode(() -> info.requireCurrent(at)).doesNotThrowAnyException();
            assertThatCode(() -> qe.requireCurrent(at)).doesNotThrowAnyException();
        } else {
            refused(() -> info.requireCurrent(at), RejectionReason.valueOf("TCB_INFO_" + reason));
            refused(() -> qe.requireCurrent(at), RejectionReason.valueOf("QE_IDENTITY_" + reason));
        }
    }

    @Test
    void tcbInfoIsForOneTeeOneModelAndOnePce() throws Exception {
        TcbInfo info = TdxTcb.info(module(), LEVEL);
        assertThatCode(() -> info.requireFor(Tee.TDX, platform("00806f050000", "0000")))
                .doesNotThrowAnyException();
        refused(() -> info.requireFor(Tee.SGX, platform("00806f050000", "0000")), RejectionReason.TCB_INFO_MISMATCH);
        refused(() -> info.requireFor(Tee.TDX, platform("00806f050001", "0000")), RejectionReason.TCB_INFO_MISMATCH);
        refused(() -> info.requireFor(Tee.TDX, platform("00806f050000", "0001")), RejectionReason.TCB_INFO_MISMATCH);
    }

    private static PckExtension platform(String fmspc, String pceId) {
        ByteString raw = ByteString.copyOf(new byte[16]);
        return new PckExtension(raw, raw, 0, raw, ByteString.ofHex(pceId), ByteString.ofHex(fmspc), Optional.empty());
    }

    @Test
    void theModuleIsTheOneOfItsVersion() throws Exception {
        String other = module("tdx_0a", "11".repeat(48), "0000000000000000", "FFFFFFFFFFFFFFFF");
        TcbInfo info = TdxTcb.infoWithFirst("22".repeat(48), module() + "," + other, LEVEL);
        assertThatCode(() -> info.requireModuleOf(domain10("0501"))).doesNotThrowAnyException();
        assertThatCode(() -> info.requireModuleOf(signed("050a", "11"))).doesNotThrowAnyException();
        assertThatCode(() -> info.requireModuleOf(signed("0500", "22"))).doesNotThrowAnyException();
        for (TrustDomainReport wrong : new TrustDomainReport[] {
            signed("0501", "11"), signed("050a", "22"), signed("0500", "11"), domain10("0502"), domain10("050b")
        }) {
            refused(() -> info.requireModuleOf(wrong), RejectionReason.TDX_MODULE_MISMATCH);
        }
    }

    private static TrustDomainReport signed(String svns, String signer) {
        return changed(svns, 64, signer.repeat(48));
    }

    private static TrustDomainReport changed(String svns, int offset, String hex) {
        byte[] report = domain10(svns).raw().toByteArray();
        put(report, offset, hex);
        return new TrustDomainReport(ByteString.copyOf(report));
    }

    @Test
    void seamAttributesAreZeroAndAsDescribed() throws Exception {
        TcbInfo info = TdxTcb.info(module(), LEVEL);
        refused(
                () -> info.requireModuleOf(changed("0501", 112, "0000000000000001")),
                RejectionReason.TDX_MODULE_MISMATCH);
        TcbInfo lenient = TdxTcb.info(module("TDX_01", TdxTcb.SIGNER, "0000000000000000", "0000000000000000"), LEVEL);
        refused(
                () -> lenient.requireModuleOf(changed("0501", 112, "0100000000000000")),
                RejectionReason.TDX_MODULE_MISMATCH);
        TcbInfo impossible =
                TdxTcb.info(module("TDX_01", TdxTcb.SIGNER, "0000000000000001", "00000000000000FF"), LEVEL);
        refused(() -> impossible.requireModuleOf(domain10("0501")), RejectionReason.TDX_MODULE_MISMATCH);
        TcbInfo masked = TdxTcb.info(module("TDX_01", TdxTcb.SIGNER, "0000000000000100", "00000000000000FF"), LEVEL);
        assertThatCode(() -> masked.requireModuleOf(domain10("0501"))).doesNotThrowAnyException();
    }

    @Test
    void theQuotingEnclaveIsTheOneDescribed() throws Exception {
        QeIdentity qe = TdxTcb.qe();
        assertThatCode(() -> qe.requireFor(Tee.TDX, qeReport(report -> {}))).doesNotThrowAnyException();
        refused(() -> qe.requireFor(Tee.SGX, qeReport(report -> {})), RejectionReason.QE_IDENTITY_MISMATCH);
        // Outside of the masks anything may stand.
        assertThatCode(() -> qe.requireFor(Tee.TDX, qeReport(report -> {
                    report[19] = (byte) 0xf1;
                    report[48] = 0x11;
                    report[63] = 1;
                })))
                .doesNotThrowAnyException();
        different(qe, report -> report[19] = 3);
        different(qe, report -> report[19] = 0);
        different(qe, report -> report[48] = 0x17);
        different(qe, report -> report[55] = 1);
        different(qe, report -> report[128] = 0);
        different(qe, report -> report[159] = 0);
        different(qe, report -> report[256] = 1);
        different(qe, report -> report[257] = 1);
    }

    private static void different(QeIdentity qe, Consumer<byte[]> change) {
        refused(() -> qe.requireFor(Tee.TDX, qeReport(change)), RejectionReason.QE_IDENTITY_MISMATCH);
    }

    private static EnclaveReport qeReport(Consumer<byte[]> change) {
        byte[] report = TdxTcb.qeReport(8);
        change.accept(report);
        return EnclaveReport.of(report);
    }

    @Test
    void anSgxIdentityIsForSgx() throws Exception {
        QeIdentity qe = QeIdentity.read(utf8(TdxTcb.qeIdentity().replace("TD_QE", "QE")));
        assertThatCode(() -> qe.requireFor(Tee.SGX, qeReport(report -> {}))).doesNotThrowAnyException();
        refused(() -> qe.requireFor(Tee.TDX, qeReport(report -> {})), RejectionReason.QE_IDENTITY_MISMATCH);
        assertThat(qe.levels().levels()).extracting(SvnLevels.Level::isvSvn).containsExactly(8, 6, 1);
        assertThat(qe.levels().highestSvn()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 255})
    void aSecurityVersionAtOrAboveALevelReachesIt(int svn) throws Exception {
        assertThat(TdxTcb.qe().levels().matched(svn).betterSince()).isEmpty();
    }

    @Test
    void aSecurityVersionBelowEveryLevelReachesNone() throws Exception {
        SvnLevels levels = TdxTcb.qe().levels();
        assertThat(levels.matched(7).betterSince()).contains(Instant.parse("2025-08-08T00:00:00Z"));
        assertThatThrownBy(() -> levels.matched(0)).isInstanceOfSatisfying(EvidenceRejected.class, refused -> {
            assertThat(refused.reason()).isEqualTo(RejectionReason.TCB_NOT_SUPPORTED);
            assertThat(refused.verdict().field()).isEqualTo("quoting enclave's ISVSVN");
            assertThat(refused.verdict().expected()).isEqualTo("at least 1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "TD_QE, , true",
        "'\"version\":2', '\"version\":3', true",
        "'\"isvprodid\":2', '\"isvprodid\":65536', true",
        "'\"isvprodid\":2', '\"isvprodid\":65535', false",
        "'\"isvsvn\":8', '\"isvsvn\":65536', true",
        "'\"UpToDate\"', '\"ConfigurationNeeded\"', true",
        "'\"UpToDate\"', '\"TDRelaunchAdvised\"', true",
        "'\"UpToDate\"', '\"Fine\"', true",
        "'\"miscselect\":\"00000001\"', '\"miscselect\":\"000001\"', true"
    })
    void impossibleIdentitiesAreMalformed(
            String from, @org.jspecify.annotations.Nullable String to, boolean malformed) {
        String json = TdxTcb.qeIdentity().replace(from, to == null ? "" : to);
        if (malformed) {
            refused(() -> QeIdentity.read(utf8(json)), RejectionReason.COLLATERAL_MALFORMED);
        } else {
            assertThatCode(() -> QeIdentity.read(utf8(json))).doesNotThrowAnyException();
        }
    }

    @Test
    void tdxCollateralWithoutModulesOrComponentsIsMalformed() throws Exception {
        assertThat(TdxTcb.info("", LEVEL).modules()).isEmpty();
        refused(
                () -> TdxTcb.info(module(), LEVEL.replace("tdxtcbcomponents", "x")),
                RejectionReason.COLLATERAL_MALFORMED);
        refused(
                () -> TdxTcb.info(module().replace("\"isvsvn\":5", "\"isvsvn\":256"), LEVEL),
                RejectionReason.COLLATERAL_MALFORMED);
        refused(
                () -> TdxTcb.info(module().replace("\"mrsigner\":\"00", "\"mrsigner\":\""), LEVEL),
                RejectionReason.COLLATERAL_MALFORMED);
    }

    @Test
    void noLevelIsPublishedWithARelaunchStatus() {
        refused(
                () -> TdxTcb.info(module(), LEVEL.replace("UpToDate", "TDRelaunchAdvised")),
                RejectionReason.COLLATERAL_MALFORMED);
    }

    private static void refused(ThrowingCallable check, RejectionReason reason) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        EvidenceRejected.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
