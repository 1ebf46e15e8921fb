package io.attested.sms.worker.cli;

import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyDecision;
import io.attested.sms.attestation.policy.RuleResult;
import io.attested.sms.worker.json.JsonText;
import io.attested.sms.worker.verify.ClaimFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prints a verdict and what the policy makes of it.
 *
 * @param console to print to
 * @param json whether for machines
 * @param foreignRoot name of the root that was trusted instead of a built-in one
 */
record VerdictReport(Console console, boolean json, Optional<String> foreignRoot) {
    /** Prints; the exit code. */
    int print(Verdict verdict, EvidencePolicy policy, Instant at) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected(rejected, at);
            case Verdict.Verified verified -> verified(verified.claims(), policy.evaluate(verified.claims(), at), at);
        };
    }

    private int rejected(Verdict.Rejected rejected, Instant at) {
        Map<String, Object> lines = head("REJECTED", at);
        lines.put("reason", rejected.reason().name());
        lines.put("field", rejected.field());
        lines.put("expected", rejected.expected());
        lines.put("seen", rejected.seen());
        if (json) {
            object(lines);
        } else {
            new Table().fields(lines).print(console.out());
        }
        return ExitCode.REFUSED;
    }

    private int verified(Claims claims, PolicyDecision decision, Instant at) {
        Map<String, Object> lines = head("VERIFIED", at);
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
            new Table().fields(lines).fields(ClaimFields.of(claims)).print(console.out());
            rules(decision);
        }
        return decision.accepted() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Map<String, Object> head(String verdict, Instant at) {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("verdict", verdict);
        lines.put("judgedAt", at.toString());
        String root = foreignRoot.orElse(TrustRoot.INTEL);
        lines.put(
                "trustRoot", json || foreignRoot.isEmpty() ? root : root + " (NOT INTEL'S; trusted because of --root)");
        lines.put("builtInRoot", foreignRoot.isEmpty());
        if (foreignRoot.isPresent()) {
            console.err()
                    .println("sms: NOT INTEL'S ROOT: " + foreignRoot.get()
                            + " was trusted because --root said so; whoever has its key can invent enclaves");
        }
        return lines;
    }

    private void rules(PolicyDecision decision) {
        console.out().println();
        console.out().println("policy: " + (decision.accepted() ? "accepted" : "refused"));
        Table table = new Table().row("rule", "held", "expected", "seen");
        for (RuleResult result : decision.results()) {
            table.row(result.rule().text(), result.held() ? "yes" : "NO", result.expected(), result.seen());
        }
        table.print(console.out());
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
        console.out().println(new String(JsonText.bytes(members), StandardCharsets.UTF_8));
    }
}
