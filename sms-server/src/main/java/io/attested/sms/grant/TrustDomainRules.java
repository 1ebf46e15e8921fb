package io.attested.sms.grant;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TdxClaims;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.task.RegisteredCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a trust domain is the right code, native protocol section 1: started from a base image of the measurements file,
 * and RTMR3 exactly the replay of the launch of the registered image for this service.
 *
 * <p>RTMR3 is one hash, so every difference in it has one code; the detail names those differences that can be replayed.
 */
final class TrustDomainRules {
    private final List<TdxBaseImage> images;
    private final Set<String> pipelineVersions;

    /** An image counts only for a version that is served. */
    TrustDomainRules(List<TdxBaseImage> images, Set<String> pipelineVersions) {
        this.images = images.stream()
                .filter(image -> image.pipelineVersions().stream().anyMatch(pipelineVersions::contains))
                .toList();
        this.pipelineVersions = Set.copyOf(pipelineVersions);
    }

    Optional<Refusal> check(TdxClaims domain, ByteString serviceKey, RegisteredCode.TrustDomain registered) {
        byte[] checksum = registered.checksum().bytes();
        if (ByteString.copyOf(checksum).isZero()) {
            return refusal(
                    RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED,
                    "the app registered the checksum zero, which names no image; register the image's checksum");
        }
        return checkImage(domain).or(() -> checkEvents(domain.rtmrs().getLast(), checksum, serviceKey.toByteArray()));
    }

    private Optional<Refusal> checkImage(TdxClaims domain) {
        List<TdxBaseImage> started =
                images.stream().filter(image -> image.measures(domain)).toList();
        if (started.isEmpty()) {
            return refusal(RefusalCode.EVIDENCE_WRONG_CODE, notListed(domain));
        }
        if (started.stream().anyMatch(image -> image.launch().difference(domain).isEmpty())) {
            return Optional.empty();
        }
        TdxBaseImage first = started.getFirst();
        return first.launch()
                .difference(domain)
                .flatMap(difference -> refusal(
                        RefusalCode.EVIDENCE_WRONG_LAUNCH,
                        "base image " + first.name() + " was launched in another way than listed: " + difference));
    }

    private String notListed(TdxClaims domain) {
        String expected = images.isEmpty()
                ? "the measurements file lists none for the pipeline versions " + pipelineVersions
                : "expected one of "
                        + images.stream().map(TdxBaseImage::name).sorted().toList();
        return "MRTD " + domain.mrTd().hex() + " and RTMR0 to RTMR2 are not those of a listed base image: " + expected;
    }

    private static Optional<Refusal> checkEvents(ByteString rtmr3, byte[] checksum, byte[] serviceKey) {
        return rtmr3.equals(TdxLaunch.ready(checksum, serviceKey))
                ? Optional.empty()
                : refusal(RefusalCode.EVIDENCE_WRONG_LAUNCH, cause(rtmr3, checksum, serviceKey));
    }

    private static String cause(ByteString rtmr3, byte[] checksum, byte[] serviceKey) {
        if (rtmr3.equals(TdxLaunch.started(checksum, serviceKey))) {
            return "RTMR3 shows that the application was started already; a started application can ask for nothing, and"
                    + " one trust domain runs one task: start another";
        }
        List<LaunchEvent> events = TdxLaunch.events(checksum, serviceKey);
        for (int seen = 0; seen < events.size(); seen++) {
            if (rtmr3.equals(TdxLaunch.replay(events.subList(0, seen)))) {
                return "RTMR3 shows " + seen + " of the 3 launch events, "
                        + events.get(seen).type() + " is missing; extend it before asking";
            }
        }
        return "RTMR3 is not the replay of sms-app (the registered checksum), sms-launch (this service's key) and sms-ready:"
                + " another image, another service, or an event that is missing, added or out of order";
    }

    private static Optional<Refusal> refusal(RefusalCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
