package io.attested.sms.worker.verify;

import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One kind of evidence: how to recognise, show and verify it. */
public interface EvidenceKind {
    /** Every kind there is; the first that recognises evidence has it. */
    List<EvidenceKind> ALL = List.of(new SnpKind(), new QuoteKind());

    /** The first kind that recognises these bytes. */
    static Optional<EvidenceKind> of(byte[] evidence) {
        return ALL.stream().filter(kind -> kind.recognises(evidence)).findFirst();
    }

    /** The first kind that a vector's folder holds. */
    static Optional<EvidenceKind> of(VectorFiles vector) {
        return ALL.stream().filter(kind -> kind.isIn(vector)).findFirst();
    }

    /** Whether the bytes look like this kind, by length and form. */
    boolean recognises(byte[] evidence);

    /** Every field by its name; nothing is verified. */
    Inspection inspect(byte[] evidence);

    /**
     * Verifies evidence.
     *
     * @param collateral content of the file that goes with it
     * @param rootPem the only root to trust instead of the built-in one
     * @throws IllegalArgumentException when {@code rootPem} is no certificate
     */
    Verdict verify(byte[] evidence, byte[] collateral, Optional<TrustedRoot> rootPem, JudgedAt at);

    /** Who makes the hardware and its roots. */
    String vendor();

    /** Name of the root that is trusted unless another is named; several where one of them fits. */
    String builtInRoot();

    /** Whether the folder holds evidence of this kind. */
    boolean isIn(VectorFiles vector);

    /**
     * Judges a vector from its evidence alone.
     *
     * @param at when to judge; without it fields are read and nothing is verified
     */
    Finding judge(VectorFiles vector, Optional<Instant> at) throws IOException;
}
