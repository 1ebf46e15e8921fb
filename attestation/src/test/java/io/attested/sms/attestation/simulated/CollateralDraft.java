package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.collateral.Collateral;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Collateral of the simulated Intel before it is signed: a test states the difference only.
 *
 * @param root the root authority
 * @param pckAuthority the PCK CA whose list belongs to it
 * @param tcbSigner who signs TCB info and QE identity
 * @param tcbInfo JSON to be signed
 * @param qeIdentity JSON to be signed
 * @param rootCrl the root's list
 * @param pckCrl the PCK CA's list
 */
public record CollateralDraft(
        SimulatedCertificate root,
        SimulatedCertificate pckAuthority,
        SimulatedCertificate tcbSigner,
        String tcbInfo,
        String qeIdentity,
        CrlTerms rootCrl,
        CrlTerms pckCrl) {

    /** Changes the TCB info before it is signed. */
    public CollateralDraft tcbInfo(UnaryOperator<String> change) {
        return new CollateralDraft(
                root, pckAuthority, tcbSigner, changed(change, tcbInfo), qeIdentity, rootCrl, pckCrl);
    }

    /** Changes the QE identity before it is signed. */
    public CollateralDraft qeIdentity(UnaryOperator<String> change) {
        return new CollateralDraft(
                root, pckAuthority, tcbSigner, tcbInfo, changed(change, qeIdentity), rootCrl, pckCrl);
    }

    /** Lets another certificate sign TCB info and QE identity. */
    public CollateralDraft tcbSigner(SimulatedCertificate signer) {
        return new CollateralDraft(root, pckAuthority, signer, tcbInfo, qeIdentity, rootCrl, pckCrl);
    }

    /** Changes the root's list. */
    public CollateralDraft rootCrl(UnaryOperator<CrlTerms> change) {
        return new CollateralDraft(root, pckAuthority, tcbSigner, tcbInfo, qeIdentity, change.apply(rootCrl), pckCrl);
    }

    /** Changes the PCK CA's list. */
    public CollateralDraft pckCrl(UnaryOperator<CrlTerms> change) {
        return new CollateralDraft(root, pckAuthority, tcbSigner, tcbInfo, qeIdentity, rootCrl, change.apply(pckCrl));
    }

    /** Signs everything. */
    public Collateral sign() {
        String signerChain = tcbSigner.pem() + root.pem();
        return new Collateral(
                utf8(tcbInfo),
                ByteString.copyOf(tcbSigner.key().sign(utf8(tcbInfo).toByteArray())),
                signerChain,
                utf8(qeIdentity),
                ByteString.copyOf(tcbSigner.key().sign(utf8(qeIdentity).toByteArray())),
                signerChain,
                ByteString.copyOf(rootCrl.sign()),
                ByteString.copyOf(pckCrl.sign()),
                pckAuthority.pem() + root.pem(),
                Optional.empty());
    }

    private static String changed(UnaryOperator<String> change, String json) {
        String changed = change.apply(json);
        if (changed.equals(json)) {
            throw new IllegalArgumentException("the change changes nothing in " + json);
        }
        return changed;
    }

    private static ByteString utf8(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
