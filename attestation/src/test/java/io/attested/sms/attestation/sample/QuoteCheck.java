package io.attested.sms.attestation.sample;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyDecision;
import java.time.InstantSource;

/** Lets one enclave in, and tells everybody else why not. */
public record QuoteCheck(TrustRoot root, EvidencePolicy policy, ByteString code, InstantSource clock) {
    /** An empty text when the quote is of the one enclave and binds {@code reportData} (64 bytes). */
    public String objection(byte[] quote, byte[] collateralJson, ByteString reportData) {
        return switch (Collateral.parse(collateralJson)) {
            case CollateralParsing.Malformed malformed -> malformed.rejection().detail();
            case CollateralParsing.Parsed parsed -> objection(quote, parsed.collateral(), reportData);
        };
    }

    private String objection(byte[] quote, Collateral collateral, ByteString reportData) {
        var now = clock.instant();
        return switch (new QuoteVerifier(root).verify(quote, collateral, policy.judgedAt(now))) {
            case Verdict.Rejected rejected -> rejected.reason() + ": " + rejected.detail();
            case Verdict.Verified(Claims claims) -> {
                PolicyDecision decision = policy.evaluate(claims, now);
                if (!decision.accepted()) {
                    yield "not accepted: " + decision.broken();
                }
                // The library cannot know these two: which code is the right one, and what this quote answers.
                if (!claims.code().measurement().equals(code)) {
                    yield "another enclave: " + claims.code().measurement();
                }
                yield claims.reportData().equals(reportData) ? "" : "an answer to another question";
            }
        };
    }
}
