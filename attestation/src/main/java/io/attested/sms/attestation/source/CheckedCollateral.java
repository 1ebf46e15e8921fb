package io.attested.sms.attestation.source;

import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.Validity;
import java.time.Instant;
import java.util.List;

/**
 * Collateral whose issuer chains, signatures, lists and dates held when it was checked.
 *
 * @param key whose it is, by its own content
 * @param tcbInfo dates of the TCB info
 * @param qeIdentity dates of the QE identity
 * @param rootCrl dates of the root's list
 * @param pckCrl dates of the PCK CA's list
 * @param evaluationDataNumber the TCB info's
 */
public record CheckedCollateral(
        CollateralKey key,
        Collateral collateral,
        Validity tcbInfo,
        Validity qeIdentity,
        Validity rootCrl,
        Validity pckCrl,
        int evaluationDataNumber) {

    /** When the first part runs out. */
    public Instant nextUpdate() {
        return parts().stream().map(Validity::until).min(Instant::compareTo).orElseThrow();
    }

    /** When the oldest of the parts that live 30 days was issued; the root's list lives a year. */
    public Instant issued() {
        return List.of(tcbInfo, qeIdentity, pckCrl).stream()
                .map(Validity::from)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When the first part is at half its life. */
    public Instant refreshDue() {
        return parts().stream().map(Validity::halfLife).min(Instant::compareTo).orElseThrow();
    }

    /** Whether no part was issued before the other's and the evaluation is not an earlier one. */
    boolean isNotOlderThan(CheckedCollateral other) {
        return evaluationDataNumber >= other.evaluationDataNumber
                && !tcbInfo.from().isBefore(other.tcbInfo.from())
                && !qeIdentity.from().isBefore(other.qeIdentity.from())
                && !rootCrl.from().isBefore(other.rootCrl.from())
                && !pckCrl.from().isBefore(other.pckCrl.from());
    }

    private List<Validity> parts() {
        return List.of(tcbInfo, qeIdentity, rootCrl, pckCrl);
    }
}
