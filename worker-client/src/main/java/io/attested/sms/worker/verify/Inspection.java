package io.attested.sms.worker.verify;

import io.attested.sms.attestation.Verdict;
import java.util.Map;

/** What reading evidence came to. */
public sealed interface Inspection {
    /** The fields by name, in the order of the evidence: texts, whole numbers, truth values, lists of texts. */
    record Readable(Map<String, Object> fields) implements Inspection {}

    /**
     * The bytes cannot be read wholly.
     *
     * @param fields what stands at a fixed place and could be read; may be none
     * @param rejection why not all
     */
    record Unreadable(Map<String, Object> fields, Verdict.Rejected rejection) implements Inspection {}
}
