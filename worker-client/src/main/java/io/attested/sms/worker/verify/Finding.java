package io.attested.sms.worker.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What judging a vector came to; final before anything that was expected is read.
 *
 * @param outcome what became of it
 * @param tcbStatus as Intel writes it
 * @param advisoryIds sorted
 * @param reason why it was rejected, with what was seen
 * @param sections parsed fields by the name of the section in {@code expected.json}
 * @param revocationChecked whether revocation lists were looked at, for what was verified
 * @param wholly whether all of the evidence could be parsed; otherwise fields may be missing from the sections
 */
public record Finding(
        Outcome outcome,
        Optional<String> tcbStatus,
        List<String> advisoryIds,
        Optional<Reason> reason,
        Map<String, Map<String, Object>> sections,
        Optional<Boolean> revocationChecked,
        boolean wholly) {
    /** What became of a vector. */
    public enum Outcome {
        /** Everything held. */
        VERIFIED,
        /** Something did not. */
        REJECTED,
        /** Parsed; there is nothing to verify it with. */
        PARSE_ONLY,
        /** This program does not know the kind of evidence. */
        UNSUPPORTED
    }

    /**
     * Why evidence was rejected.
     *
     * @param word the verifier's reason
     * @param detail one line for a person
     */
    public record Reason(String word, String detail) {}

    static Finding unsupported() {
        return new Finding(
                Outcome.UNSUPPORTED,
                Optional.empty(),
                List.of(),
                Optional.of(new Reason(
                        "NO_EVIDENCE",
                        "the folder holds no evidence of a known kind: neither quote.bin nor report.bin")),
                Map.of(),
                Optional.empty(),
                false);
    }

    /** As it is shown. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("outcome", outcome.name());
        tcbStatus.ifPresent(status -> shown.put("tcbStatus", status));
        if (outcome == Outcome.VERIFIED) {
            shown.put("advisoryIds", advisoryIds);
        }
        revocationChecked.ifPresent(checked -> shown.put("revocationChecked", checked));
        reason.ifPresent(why -> {
            shown.put("reason", why.word());
            shown.put("detail", why.detail());
        });
        return shown;
    }
}
