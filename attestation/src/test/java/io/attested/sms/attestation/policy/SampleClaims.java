package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CodeClaims;
import io.attested.sms.attestation.CollateralClaims;
import io.attested.sms.attestation.PlatformClaims;
import io.attested.sms.attestation.SgxClaims;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.TdxClaims;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Claims that the standard policy accepts; a test states the difference. */
final class SampleClaims {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final ByteString FMSPC = ByteString.ofHex("00606a000000");

    private SampleClaims() {}

    static ByteString bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyOf(bytes);
    }

    /** An enclave with these flags (first byte of ATTRIBUTES) and ISVSVN. */
    static SgxClaims enclave(int flags, int isvSvn) {
        byte[] attributes = new byte[8];
        attributes[0] = (byte) flags;
        return new SgxClaims(
                bytes(32, 1),
                bytes(32, 2),
                0,
                isvSvn,
                ByteString.copyOf(attributes),
                bytes(8, 0),
                0,
                bytes(64, 0),
                0,
                bytes(16, 0),
                bytes(16, 0));
    }

    /** A domain with SEPT_VE_DISABLE; register values are the register's ordinal plus 16. */
    static TdxClaims domain() {
        return domain("0000001000000000", Optional.of(bytes(48, 0)));
    }

    static TdxClaims domain(String attributes, Optional<ByteString> mrServiceTd) {
        return new TdxClaims(
                register(TdxRegister.MRTD),
                register(TdxRegister.MRCONFIGID),
                register(TdxRegister.MROWNER),
                register(TdxRegister.MROWNERCONFIG),
                List.of(
                        register(TdxRegister.RTMR0),
                        register(TdxRegister.RTMR1),
                        register(TdxRegister.RTMR2),
                        register(TdxRegister.RTMR3)),
                ByteString.ofHex(attributes),
                ByteString.ofHex("e700060000000000"),
                register(TdxRegister.MRSEAM),
                register(TdxRegister.MRSIGNERSEAM),
                bytes(16, 5),
                mrServiceTd.map(ignored -> bytes(16, 5)),
                mrServiceTd);
    }

    static ByteString register(TdxRegister register) {
        return bytes(48, 16 + register.ordinal());
    }

    static SnpClaims guest(long guestSvn, String reportedTcb) {
        return guest(AmdProduct.MILAN, SigningKey.VCEK, guestSvn, 0x30000, 0, reportedTcb);
    }

    static SnpClaims guest(
            AmdProduct product, SigningKey key, long guestSvn, long policy, int vmpl, String reportedTcb) {
        return new SnpClaims(
                product,
                key,
                bytes(48, 1),
                bytes(32, 0),
                bytes(48, 0),
                bytes(48, 0),
                bytes(16, 0),
                bytes(16, 0),
                guestSvn,
                policy,
                vmpl,
                bytes(32, 0),
                ByteString.ofHex(reportedTcb),
                2);
    }

    static Claims intel(CodeClaims code) {
        return intel(code, false, tcb(TcbStatus.UP_TO_DATE), collateral(20, 20));
    }

    static Claims sgx(TcbClaims tcb) {
        return intel(enclave(5, 0), false, tcb, collateral(20, 20));
    }

    static Claims sgx(CollateralClaims collateral) {
        return intel(enclave(5, 0), false, tcb(TcbStatus.UP_TO_DATE), collateral);
    }

    static Claims intel(CodeClaims code, boolean debug, TcbClaims tcb, CollateralClaims collateral) {
        PlatformClaims platform = new PlatformClaims(
                Optional.of(FMSPC), Optional.of(bytes(32, 0xa)), Optional.of(bytes(32, 0xb)), Optional.empty());
        return new Claims(code, bytes(64, 0), debug, tcb, platform, collateral, 0, "simulated");
    }

    static Claims amd(SnpClaims code, boolean revocationChecked) {
        return new Claims(
                code,
                bytes(64, 0),
                false,
                new TcbClaims(Optional.empty(), new TreeSet<>(), false, Optional.empty(), Optional.empty()),
                new PlatformClaims(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(bytes(32, 0xc))),
                new CollateralClaims(
                        Optional.empty(), Optional.empty(), Optional.empty(), NOW.plusSeconds(3600), revocationChecked),
                0,
                "simulated");
    }

    static TcbClaims tcb(TcbStatus status, String... advisories) {
        return new TcbClaims(
                Optional.of(status), new TreeSet<>(List.of(advisories)), true, Optional.of(NOW), Optional.empty());
    }

    static TcbClaims outdated(TcbStatus status, Instant since, String... advisories) {
        return new TcbClaims(
                Optional.of(status), new TreeSet<>(List.of(advisories)), true, Optional.of(NOW), Optional.of(since));
    }

    static CollateralClaims collateral(int tcbNumber, int qeNumber) {
        return new CollateralClaims(
                Optional.of(tcbNumber), Optional.of(qeNumber), Optional.of(NOW), NOW.plusSeconds(3600), true);
    }

    static CollateralClaims expiring(Instant expiry) {
        return new CollateralClaims(Optional.of(20), Optional.of(20), Optional.of(NOW), expiry, true);
    }
}
