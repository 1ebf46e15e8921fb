package io.attested.sms.worker.verify;

import io.attested.sms.attestation.Verdict;
import java.util.Map;

/** What reading evidence came to. */
public sealed interface Inspection {
    /** The fields by name, in the order of the evidence: texts, whole numbers, truth values, lists of texts. */
    record Readable(Map<String, Object> fields) implements Inspection {}

    /** The bytes are not of this kind. */
    record Unreadable(Verdict.Rejected rejection) implements Inspection {}
}
