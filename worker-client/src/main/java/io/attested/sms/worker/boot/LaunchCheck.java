package io.attested.sms.worker.boot;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.ApplicationTree;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.app.Manifest;
import io.attested.sms.worker.app.MeasuredTree;
import io.attested.sms.worker.app.MeasuredTree.ManifestOutcome;
import io.attested.sms.worker.app.TreeOutcome;
import io.attested.sms.worker.boot.BootListener.BootStep;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.LaunchRegister;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.ReleaseService;
import io.attested.sms.worker.release.ServiceDescription;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The launch binding, native protocol section 1: own report first, then copy and hash, then compare.
 *
 * <p>CONFIGID hashes service key and tree together. When it does not fit, only a hint can tell which of the two is wrong; the
 * hint changes the code that is reported and nothing else. Without a hint the tree is named.
 *
 * <p>A trust domain has no CONFIGID: it measures tree and service into RTMR3 itself, and whoever verifies its evidence
 * compares. A wrong tree or service gives evidence that is refused.
 */
final class LaunchCheck {
    private final EvidenceSource evidence;
    private final ReleaseService service;
    private final BootListener listener;

    LaunchCheck(EvidenceSource evidence, ReleaseService service, BootListener listener) {
        this.evidence = evidence;
        this.service = service;
        this.listener = listener;
    }

    TrustedLaunch establish(TaskOrder order, PrivateDirectory directory) throws RefusedException {
        ReportIdentity identity = identity();
        listener.reached(BootStep.IDENTITY_READ);
        TrustedLaunch launch = switch (identity) {
            case ReportIdentity.Enclave enclave ->
                enclave.configId().isZero()
                        ? coveredByMeasurement(directory)
                        : boundByConfigId(order, directory, enclave);
            case ReportIdentity.TrustDomain domain -> boundByRegister(order, directory, domain.rtmr3());
        };
        listener.reached(BootStep.LAUNCH_CHECKED);
        return launch;
    }

    private TrustedLaunch boundByConfigId(TaskOrder order, PrivateDirectory directory, ReportIdentity.Enclave identity)
            throws RefusedException {
        Path source = source(order);
        ServiceKey serviceKey = serviceKey(order);
        Manifest manifest = manifest(copy(source, directory.application()));
        FingerprintParts parts = manifest.fingerprintParts();
        if (!identity.configId().is(parts.configId(serviceKey))) {
            throw mismatch(order, parts, serviceKey);
        }
        return new TrustedLaunch.BoundByConfigId(serviceKey, manifest.launchLine());
    }

    private TrustedLaunch boundByRegister(TaskOrder order, PrivateDirectory directory, LaunchRegister rtmr3)
            throws RefusedException {
        Path source = source(order);
        ServiceKey serviceKey = serviceKey(order);
        Manifest manifest = manifest(copy(source, directory.application()));
        DomainLaunch domain =
                new DomainLaunch(rtmr3, manifest.fingerprintParts().imageChecksum(), serviceKey);
        domain.measure();
        return new TrustedLaunch.BoundByRegister(domain, manifest.launchLine());
    }

    private static Path source(TaskOrder order) throws RefusedException {
        return order.applicationDirectory()
                .orElseThrow(
                        () -> new RefusedException(
                                RefusalCode.APPLICATION_UNREADABLE,
                                "the enclave was launched for an application with a file system of its own, and none was given"));
    }

    private ServiceKey serviceKey(TaskOrder order) throws RefusedException {
        return order.serviceKey().isPresent() ? order.serviceKey().get() : claimedServiceKey();
    }

    private TrustedLaunch coveredByMeasurement(PrivateDirectory directory) throws RefusedException {
        MeasuredImage image = measuredImage();
        copy(image.applicationDirectory(), directory.application());
        return new TrustedLaunch.CoveredByMeasurement(image.serviceKey(), image.entrypoint());
    }

    private MeasuredTree copy(Path source, Path into) throws RefusedException {
        try {
            TreeOutcome outcome = ApplicationTree.copy(source, into);
            listener.reached(BootStep.TREE_COPIED);
            return switch (outcome) {
                case TreeOutcome.Measured measured -> measured.tree();
                case TreeOutcome.Unmeasurable unmeasurable ->
                    throw new RefusedException(
                            RefusalCode.FILE_SYSTEM_CHANGED,
                            unmeasurable.refusal().message());
            };
        } catch (IOException e) {
            throw new RefusedException(
                    RefusalCode.APPLICATION_UNREADABLE,
                    "the application's tree could not be copied into private memory: " + e.getMessage());
        }
    }

    private static Manifest manifest(MeasuredTree tree) throws RefusedException {
        return switch (tree.manifest()) {
            case ManifestOutcome.Made made -> made.manifest();
            case ManifestOutcome.Refused refused ->
                throw new RefusedException(
                        RefusalCode.FILE_SYSTEM_CHANGED, refused.refusal().message());
        };
    }

    private static RefusedException mismatch(TaskOrder order, FingerprintParts parts, ServiceKey serviceKey) {
        boolean treeIsRegistered = order.registered().filter(parts::equals).isPresent();
        if (treeIsRegistered) {
            return new RefusedException(
                    RefusalCode.WRONG_SERVICE,
                    "the application is the registered one, but the enclave was launched for another service than "
                            + serviceKey + "; start it for this service, or use the service it was started for");
        }
        return new RefusedException(
                RefusalCode.FILE_SYSTEM_CHANGED,
                "the application's tree gives FSPF_KEY " + parts.fspfKey().digits() + " and FSPF_TAG "
                        + parts.fspfTag() + ", which is not what the enclave was launched for with service key "
                        + serviceKey
                        + ". A file, a mode or a name was changed, added or removed, or the service key is "
                        + "another; restore the registered tree (compare with: sms app measure)");
    }

    private ServiceKey claimedServiceKey() throws RefusedException {
        return switch (service.describe()) {
            case Answer.Given<ServiceDescription> given -> given.value().serviceKey();
            case Answer.Declined<ServiceDescription> declined ->
                throw new RefusedException(declined.code(), declined.detail());
        };
    }

    private ReportIdentity identity() throws RefusedException {
        try {
            return evidence.identity();
        } catch (IOException e) {
            throw noEvidence(e);
        }
    }

    private MeasuredImage measuredImage() throws RefusedException {
        try {
            return evidence.measuredImage()
                    .orElseThrow(
                            () -> new RefusedException(
                                    RefusalCode.WRONG_LAUNCH,
                                    "the enclave was launched without CONFIGID and its measurement covers no application. "
                                            + "Launch it with the CONFIGID that this prints: sms app measure DIR --service-key"));
        } catch (IOException e) {
            throw noEvidence(e);
        }
    }

    private static RefusedException noEvidence(IOException e) {
        return new RefusedException(RefusalCode.NO_EVIDENCE, "the enclave could not say what it is: " + e.getMessage());
    }
}
