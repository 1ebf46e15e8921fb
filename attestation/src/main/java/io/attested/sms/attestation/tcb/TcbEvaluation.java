package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.TCB_NOT_SUPPORTED;
import static io.attested.sms.attestation.RejectionReason.TCB_REVOKED;
import static io.attested.sms.attestation.RejectionReason.TDX_MODULE_MISMATCH;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.ReportBody;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The status of a platform: the level of TCB info it reaches, for a trust domain the level of its TDX module, and the
 * level of its quoting enclave, converged into one (Intel SGX and TDX DCAP Quote Verification Library).
 *
 * @param tcbInfo verified, for the platform's model and the quote's TEE
 * @param qeIdentity verified, of the quote's quoting enclave
 */
public record TcbEvaluation(TcbInfo tcbInfo, QeIdentity qeIdentity) {
    private static final Set<TcbStatus> OUTDATED =
            EnumSet.of(TcbStatus.OUT_OF_DATE, TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED);
    private static final Set<TcbStatus> CONFIGURATION = EnumSet.of(
            TcbStatus.CONFIGURATION_NEEDED,
            TcbStatus.CONFIGURATION_AND_SW_HARDENING_NEEDED,
            TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED);

    /**
     * Judges one quote.
     *
     * @param platform what the PCK certificate says
     * @param body the quote's report
     * @param qeReport the quoting enclave's report
     * @throws EvidenceRejected when a component reaches no level or a revoked one
     */
    public TcbClaims evaluate(PckExtension platform, ReportBody body, EnclaveReport qeReport) throws EvidenceRejected {
        Platform matched = switch (body) {
            case EnclaveReport ignored -> ofEnclave(platform);
            case TrustDomainReport domain -> ofDomain(platform, domain);
        };
        Matched<TcbLevel> qe = qeIdentity.levels().matched(qeReport.isvSvn());
        boolean relaunch = qe.level().status() == TcbStatus.UP_TO_DATE
                && matched.onlyItsModuleIsOutdated()
                && body instanceof TrustDomainReport domain
                && runsCurrentModule(domain);
        TcbStatus status = relaunch
                ? matched.relaunchStatus()
                : matched.converged().convergedWith(qe.level().status());
        if (status == TcbStatus.REVOKED) {
            throw new EvidenceRejected(
                    TCB_REVOKED,
                    "TCB level",
                    "one that is not revoked",
                    "platform " + matched.converged().text() + ", quoting enclave "
                            + qe.level().status().text());
        }
        SortedSet<String> advisories = new TreeSet<>(qe.level().advisories());
        matched.components()
                .forEach(component -> advisories.addAll(component.level().advisories()));
        return new TcbClaims(
                Optional.of(status),
                advisories,
                tcbInfo.namesAdvisories(),
                Optional.of(matched.level().level().date()),
                outdatedSince(Stream.concat(matched.components().stream(), Stream.of(qe))
                        .toList()));
    }

    /**
     * The earliest publication of a better level for a component that is out of date. Nothing when one of them has no
     * better level: since when it is outdated is not known then, and a grace has nowhere to start from.
     */
    private static Optional<Instant> outdatedSince(List<Matched<TcbLevel>> components) {
        List<Optional<Instant>> since = components.stream()
                .filter(component -> OUTDATED.contains(component.level().status()))
                .map(Matched::betterSince)
                .toList();
        return since.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : since.stream().flatMap(Optional::stream).min(Instant::compareTo);
    }

    private Platform ofEnclave(PckExtension platform) throws EvidenceRejected {
        Matched<TcbLevel> level = level(firstMatch(platform, 0));
        return new Platform(level, level, Optional.empty());
    }

    private Platform ofDomain(PckExtension platform, TrustDomainReport domain) throws EvidenceRejected {
        ByteString svns = domain.teeTcbSvn();
        int version = svns.unsigned(1);
        // From version 1 on the module is judged by its own identity, so its two components are not compared here.
        int firstComponent = version == 0 ? 0 : 2;
        int sgx = firstMatch(platform, 0);
        for (int i = sgx; i < levels().size(); i++) {
            PlatformLevel candidate = levels().get(i);
            if (candidate.matches(platform) && candidate.matchesTdx(svns, firstComponent)) {
                Optional<Matched<TcbLevel>> module =
                        version == 0 ? Optional.empty() : Optional.of(moduleLevel(version, svns.unsigned(0)));
                return new Platform(level(i), level(sgx), module);
            }
        }
        throw notSupported("platform with TEE_TCB_SVN " + svns);
    }

    private int firstMatch(PckExtension platform, int from) throws EvidenceRejected {
        for (int i = from; i < levels().size(); i++) {
            if (levels().get(i).matches(platform)) {
                return i;
            }
        }
        throw notSupported("platform with components " + platform.components() + " and PCESVN " + platform.pceSvn());
    }

    private static EvidenceRejected notSupported(String seen) {
        return new EvidenceRejected(TCB_NOT_SUPPORTED, "platform's TCB", "a level of the TCB info", seen);
    }

    private Matched<TcbLevel> level(int index) {
        return Matched.of(
                levels().get(index).level(),
                index == 0 ? null : levels().get(index - 1).level().date());
    }

    private Matched<TcbLevel> moduleLevel(int version, int isvSvn) throws EvidenceRejected {
        return moduleLevels(version)
                .orElseThrow(() -> notSupported(TdxModule.idOf(version)))
                .matched(isvSvn);
    }

    private Optional<SvnLevels> moduleLevels(int version) {
        return tcbInfo.module(version).flatMap(TdxModule::levels);
    }

    /**
     * Whether the module that runs now, after an update without a reboot, reaches the highest level.
     *
     * @throws EvidenceRejected when the TCB info does not know that module
     */
    private boolean runsCurrentModule(TrustDomainReport domain) throws EvidenceRejected {
        if (domain.teeTcbSvn2().isEmpty()) {
            return false;
        }
        ByteString now = domain.teeTcbSvn2().get();
        ByteString highest = levels().getFirst().tdxComponents();
        int version = now.unsigned(1);
        int needed = version == 0 ? highest.unsigned(0) : currentModuleSvn(version);
        return now.unsigned(0) >= needed && now.unsigned(2) >= highest.unsigned(2);
    }

    private int currentModuleSvn(int version) throws EvidenceRejected {
        return moduleLevels(version)
                .orElseThrow(() -> new EvidenceRejected(
                        TDX_MODULE_MISMATCH,
                        "TDX module that runs now",
                        "one that the TCB info describes",
                        TdxModule.idOf(version)))
                .highestSvn();
    }

    private List<PlatformLevel> levels() {
        return tcbInfo.levels();
    }

    /**
     * What a platform reaches without its quoting enclave.
     *
     * @param level the level all its components reach
     * @param sgxLevel the level its SGX components reach; the same for an enclave
     * @param module the level of a TDX module that has an identity of its own
     */
    private record Platform(Matched<TcbLevel> level, Matched<TcbLevel> sgxLevel, Optional<Matched<TcbLevel>> module) {
        List<Matched<TcbLevel>> components() {
            return Stream.concat(Stream.of(level), module.stream()).toList();
        }

        TcbStatus converged() {
            TcbStatus own = level.level().status();
            return module.map(component -> own.convergedWith(component.level().status()))
                    .orElse(own);
        }

        /** Whether nothing but the module that the domain was launched under stands against it. */
        boolean onlyItsModuleIsOutdated() {
            TcbStatus sgx = sgxLevel.level().status();
            return !OUTDATED.contains(sgx)
                    && sgx != TcbStatus.REVOKED
                    && OUTDATED.contains(converged())
                    && module.filter(component -> component.level().status() == TcbStatus.OUT_OF_DATE)
                            .isPresent();
        }

        TcbStatus relaunchStatus() {
            return CONFIGURATION.contains(sgxLevel.level().status()) || CONFIGURATION.contains(converged())
                    ? TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED
                    : TcbStatus.TD_RELAUNCH_ADVISED;
        }
    }
}
