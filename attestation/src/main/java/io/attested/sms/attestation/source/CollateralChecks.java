package io.attested.sms.attestation.source;

import static io.attested.sms.attestation.RejectionReason.COLLATERAL_MALFORMED;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.QE_IDENTITY_SIGNATURE_INVALID;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_MISMATCH;
import static io.attested.sms.attestation.RejectionReason.TCB_INFO_SIGNATURE_INVALID;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.IntelPki;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.attestation.pki.PckList;
import io.attested.sms.attestation.pki.TcbSigner;
import io.attested.sms.attestation.pki.Validity;
import io.attested.sms.attestation.tcb.QeIdentity;
import io.attested.sms.attestation.tcb.TcbInfo;
import java.util.Optional;

/**
 * Everything about collateral that can be checked without a quote: issuer chains under the trusted root, both revocation
 * lists, both signatures over the bytes as received, all dates, and that the parts belong together.
 */
public final class CollateralChecks {
    private static final int TCB_INFO_VERSION = 3;

    private final IntelPki pki;
    private final P256 p256;

    private CollateralChecks(IntelPki pki, P256 p256) {
        this.pki = pki;
        this.p256 = p256;
    }

    /** Checks under {@code root}. */
    public static CollateralChecks under(TrustRoot root) {
        P256 p256 = new BouncyCastleP256();
        return new CollateralChecks(new IntelPki(root.der(), p256), p256);
    }

    /** The PKI that everything is checked under. */
    IntelPki pki() {
        return pki;
    }

    /** Checks collateral; whose it is follows from its content. */
    public CollateralVerdict check(Collateral collateral, JudgedAt at) {
        try {
            return new CollateralVerdict.Good(checked(collateral, at));
        } catch (EvidenceRejected rejected) {
            return new CollateralVerdict.Wrong(rejected.verdict());
        }
    }

    /** Checks collateral that has to be that of {@code asked}. */
    public CollateralVerdict check(CollateralKey asked, Collateral collateral, JudgedAt at) {
        try {
            CheckedCollateral checked = checked(collateral, at);
            if (!checked.key().equals(asked)) {
                throw new EvidenceRejected(TCB_INFO_MISMATCH, "collateral's platform", asked, checked.key());
            }
            return new CollateralVerdict.Good(checked);
        } catch (EvidenceRejected rejected) {
            return new CollateralVerdict.Wrong(rejected.verdict());
        }
    }

    /** The root's list if it holds by itself. */
    Optional<RootList> rootList(ByteString der, JudgedAt at) {
        try {
            return Optional.of(new RootList(der, pki.verifyRootCrl(der, at)));
        } catch (EvidenceRejected rejected) {
            return Optional.empty();
        }
    }

    /** A PCK CA's list if it holds under this list of the root. */
    Optional<AuthorityList> authorityList(String issuerChain, ByteString der, RootList root, JudgedAt at) {
        try {
            PckList list = pki.verifyPckCrl(issuerChain, der, root.der(), at);
            return Optional.of(new AuthorityList(list.authority(), issuerChain, der, list.validity()));
        } catch (EvidenceRejected rejected) {
            return Optional.empty();
        }
    }

    private CheckedCollateral checked(Collateral collateral, JudgedAt at) throws EvidenceRejected {
        requireWritable(collateral);
        Validity rootCrl = pki.verifyRootCrl(collateral.rootCaCrl(), at);
        PckList pckCrl =
                pki.verifyPckCrl(collateral.pckCrlIssuerChain(), collateral.pckCrl(), collateral.rootCaCrl(), at);
        TcbInfo tcbInfo = tcbInfo(collateral, at);
        QeIdentity qeIdentity = qeIdentity(collateral, at);
        Tee tee = tcbInfo.id().equals("TDX") ? Tee.TDX : Tee.SGX;
        String qe = tee == Tee.TDX ? "TD_QE" : "QE";
        if (!qeIdentity.id().equals(qe)) {
            throw new EvidenceRejected(QE_IDENTITY_MISMATCH, "QE identity's id", qe, qeIdentity.id());
        }
        if (tcbInfo.evaluationDataNumber() != qeIdentity.evaluationDataNumber()) {
            throw new EvidenceRejected(
                    QE_IDENTITY_MISMATCH,
                    "QE identity's evaluation",
                    tcbInfo.evaluationDataNumber() + " as the TCB info's",
                    qeIdentity.evaluationDataNumber());
        }
        return new CheckedCollateral(
                new CollateralKey(tee, tcbInfo.fmspc(), pckCrl.authority()),
                collateral,
                new Validity(tcbInfo.issueDate(), tcbInfo.nextUpdate()),
                new Validity(qeIdentity.issueDate(), qeIdentity.nextUpdate()),
                rootCrl,
                pckCrl.validity(),
                tcbInfo.evaluationDataNumber(),
                qeIdentity.evaluationDataNumber());
    }

    /** What could not be read back would neither be kept nor stand in a bundle. */
    private static void requireWritable(Collateral collateral) throws EvidenceRejected {
        switch (Collateral.parse(collateral.toJson())) {
            case CollateralParsing.Malformed(Verdict.Rejected rejection) ->
                throw new EvidenceRejected(
                        rejection.reason(), rejection.field(), rejection.expected(), rejection.seen());
            case CollateralParsing.Parsed(Collateral same) -> {
                if (!same.equals(collateral)) {
                    throw new EvidenceRejected(
                            COLLATERAL_MALFORMED, "collateral", "signed text in UTF-8", "something else");
                }
            }
        }
    }

    private TcbInfo tcbInfo(Collateral collateral, JudgedAt at) throws EvidenceRejected {
        TcbSigner signer = pki.verifyTcbSigner("TCB info", collateral.tcbInfoIssuerChain(), collateral.rootCaCrl(), at);
        if (!p256.verifies(signer.publicKey(), collateral.tcbInfo(), collateral.tcbInfoSignature())) {
            throw new EvidenceRejected(
                    TCB_INFO_SIGNATURE_INVALID, "TCB info signature", "made by its signer over these bytes", "not so");
        }
        requireVersion(collateral.tcbInfo());
        TcbInfo tcbInfo = TcbInfo.read(collateral.tcbInfo());
        if (!tcbInfo.id().equals("TDX") && !tcbInfo.id().equals("SGX")) {
            throw new EvidenceRejected(TCB_INFO_MISMATCH, "TCB info's id", "SGX or TDX", tcbInfo.id());
        }
        tcbInfo.requireCurrent(at);
        return tcbInfo;
    }

    /**
     * Intel signs TCB info of version 2 as well, with the same key. It names no advisories, so that whoever stands
     * between source and service could hide them by it. PCS API version 4 serves version 3 only.
     */
    private static void requireVersion(ByteString tcbInfo) throws EvidenceRejected {
        int version = JsonFields.parse("tcb_info", tcbInfo).integer("version", 0, Integer.MAX_VALUE);
        if (version != TCB_INFO_VERSION) {
            throw new EvidenceRejected(TCB_INFO_MISMATCH, "TCB info's version", TCB_INFO_VERSION, version);
        }
    }

    private QeIdentity qeIdentity(Collateral collateral, JudgedAt at) throws EvidenceRejected {
        TcbSigner signer =
                pki.verifyTcbSigner("QE identity", collateral.qeIdentityIssuerChain(), collateral.rootCaCrl(), at);
        if (!p256.verifies(signer.publicKey(), collateral.qeIdentity(), collateral.qeIdentitySignature())) {
            throw new EvidenceRejected(
                    QE_IDENTITY_SIGNATURE_INVALID,
                    "QE identity signature",
                    "made by its signer over these bytes",
                    "not so");
        }
        QeIdentity qeIdentity = QeIdentity.read(collateral.qeIdentity());
        qeIdentity.requireCurrent(at);
        return qeIdentity;
    }
}
