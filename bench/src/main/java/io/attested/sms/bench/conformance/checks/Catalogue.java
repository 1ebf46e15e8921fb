package io.attested.sms.bench.conformance.checks;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.checks.tee.TeeChecks;
import java.util.List;
import java.util.stream.Stream;

/** All checks in the order they are played. */
public final class Catalogue {
    private Catalogue() {}

    /**
     * Every check once: those of a service out of service first, for the last of them brings it back; hostile ones last, so
     * that a service they bring down has answered the others.
     */
    public static List<Check> all() {
        return Stream.of(
                        OutOfServiceChecks.all(),
                        HttpChecks.all(),
                        CorsChecks.all(),
                        new PushChecks(Kind.WEB3).all(),
                        Web3Checks.all(),
                        new PushChecks(Kind.WEB2).all(),
                        Web2Checks.all(),
                        ReplacementChecks.all(),
                        new PushChecks(Kind.APPS).all(),
                        new PushChecks(Kind.REQUESTERS).all(),
                        AppChecks.all(),
                        RequesterChecks.all(),
                        SignatureChecks.all(),
                        VectorChecks.all(),
                        TeeChecks.all().stream(),
                        ServiceChecks.all(),
                        AdminChecks.all(),
                        RestoreChecks.all(),
                        OldChecks.all(),
                        HostileChecks.all())
                .flatMap(checks -> checks)
                .toList();
    }
}
