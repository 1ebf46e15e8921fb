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
 * @param qeEvaluationDataNumber the QE identity's
 */
public record CheckedCollateral(
        CollateralKey key,
        Collateral collateral,
        Validity tcbInfo,
        Validity qeIdentity,
        Validity rootCrl,
        Validity pckCrl,
        int evaluationDataNumber,
        int qeEvaluationDataNumber) {

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

    /** When TCB info or QE identity runs out. */
    Instant levelsRunOut() {
        return tcbInfo.until().isBefore(qeIdentity.until()) ? tcbInfo.until() : qeIdentity.until();
    }

    /** Whether TCB info or QE identity is of an earlier evaluation or was issued before the other's. */
    boolean hasOlderLevelsThan(CheckedCollateral other) {
        return evaluationDataNumber < other.evaluationDataNumber
                || qeEvaluationDataNumber < other.qeEvaluationDataNumber
                || tcbInfo.from().isBefore(other.tcbInfo.from())
                || qeIdentity.from().isBefore(other.qeIdentity.from());
    }

    RootList rootList() {
        return new RootList(collateral.rootCaCrl(), rootCrl);
    }

    AuthorityList authorityList() {
        return new AuthorityList(key.authority(), collateral.pckCrlIssuerChain(), collateral.pckCrl(), pckCrl);
    }

    /** The same with this list of the root. Who signed the rest is for the caller to check again. */
    CheckedCollateral with(RootList list) {
        return with(collateral.withRootCaCrl(list.der()), list.validity(), pckCrl);
    }

    /** The same with this list of its PCK CA. */
    CheckedCollateral with(AuthorityList list) {
        return with(collateral.withPckCrl(list.der(), list.issuerChain()), rootCrl, list.validity());
    }

    private CheckedCollateral with(Collateral other, Validity otherRootCrl, Validity otherPckCrl) {
        return new CheckedCollateral(
                key,
                other,
                tcbInfo,
                qeIdentity,
                otherRootCrl,
                otherPckCrl,
                evaluationDataNumber,
                qeEvaluationDataNumber);
    }

    private List<Validity> parts() {
        return List.of(tcbInfo, qeIdentity, rootCrl, pckCrl);
    }
}
