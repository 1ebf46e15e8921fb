package io.attested.sms.worker.cli;

import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyDecision;
import io.attested.sms.attestation.policy.RuleResult;
import io.attested.sms.worker.verify.ClaimFields;
import io.attested.sms.worker.verify.EvidenceKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints a verdict and what the policy makes of it.
 *
 * @param console to print to
 * @param json whether for machines
 * @param kind of the evidence
 * @param foreignRoot name of the root that was trusted instead of a built-in one
 */
record VerdictReport(Console console, boolean json, EvidenceKind kind, Optional<String> foreignRoot) {
    /** Prints; the exit code. */
    int print(Verdict verdict, EvidencePolicy policy, Instant at) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected(rejected, at);
            case Verdict.Verified verified -> verified(verified.claims(), policy.evaluate(verified.claims(), at), at);
        };
    }

    private int rejected(Verdict.Rejected rejected, Instant at) {
        Map<String, Object> lines = head("REJECTED", foreignRoot.orElse(kind.builtInRoot()), at);
        lines.put("reason", rejected.reason().name());
        lines.put("field", rejected.field());
        lines.put("expected", rejected.expected());
        lines.put("seen", rejected.seen());
        if (json) {
            object(lines);
        } else {
            new Table().fields(lines).print(console);
            console.line("");
            console.line("cause and cure: docs/reference/evidence-reasons.md#"
                    + rejected.reason().name().toLowerCase(Locale.ROOT));
        }
        return ExitCode.REFUSED;
    }

    private int verified(Claims claims, PolicyDecision decision, Instant at) {
        Map<String, Object> lines = head("VERIFIED", foreignRoot.orElse(claims.trustRootName()), at);
        if (json) {
            lines.put("claims", ClaimFields.of(claims));
            lines.put(
                    "policy",
                    Map.of(
                            "accepted",
                            decision.accepted(),
                            "rules",
                            decision.results().stream()
                                    .map(VerdictReport::members)
                                    .toList()));
            object(lines);
        } else {
            new Table().fields(lines).fields(ClaimFields.of(claims)).print(console);
            rules(decision);
        }
        return decision.accepted() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Map<String, Object> head(String verdict, String root, Instant at) {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("verdict", verdict);
        lines.put("judgedAt", at.toString());
        String vendor = kind.vendor().toUpperCase(Locale.ROOT);
        lines.put(
                "trustRoot",
                json || foreignRoot.isEmpty() ? root : root + " (NOT " + vendor + "'S; trusted because of --root)");
        lines.put("builtInRoot", foreignRoot.isEmpty());
        foreignRoot.ifPresent(named -> console.note("NOT " + vendor + "'S ROOT: " + named
                + " was trusted because --root said so; whoever has its key can invent enclaves"));
        return lines;
    }

    private void rules(PolicyDecision decision) {
        console.line("");
        console.line("policy: " + (decision.accepted() ? "accepted" : "refused"));
        Table table = new Table().row("rule", "held", "expected", "seen");
        for (RuleResult result : decision.results()) {
            table.row(result.rule().text(), result.held() ? "yes" : "NO", result.expected(), result.seen());
        }
        table.print(console);
    }

    private static Map<String, Object> members(RuleResult result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("rule", result.rule().text());
        members.put("held", result.held());
        members.put("expected", result.expected());
        members.put("seen", result.seen());
        return members;
    }

    private void object(Map<String, Object> members) {
        console.json(members);
    }
}
