package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.INTERMEDIATE_REVOKED;
import static io.attested.sms.attestation.RejectionReason.REPORT_SIGNER_MISMATCH;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.pki.Validity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Everything about AMD's certificates and lists that can be checked without a report's signature. */
public final class AmdChecks {
    private final List<AmdRoot> roots;

    private AmdChecks(List<AmdRoot> roots) {
        this.roots = roots;
    }

    /** Checks under these roots. */
    public static AmdChecks under(List<AmdRoot> roots) {
        return new AmdChecks(List.copyOf(roots));
    }

    /**
     * Requires a product's issuers: names, pinned root, signatures, dates, and the root's list without the issuer in it.
     *
     * @return dates of the list
     * @throws EvidenceRejected with the first check that failed
     */
    public Validity requireIssuers(AmdProduct product, SigningKey kind, AmdIssuers issuers, JudgedAt at)
            throws EvidenceRejected {
        SnpChain chain = SnpChain.readIssuers(issuers.chainPem(), product, kind, of(product));
        chain.requireIssuer();
        chain.requireValidity(at);
        AmdRevocationList list = AmdRevocationList.read(issuers.revocationList());
        list.requireValid(chain.root(), at);
        SnpVerifier.requireAbsent(list, chain.authority(), INTERMEDIATE_REVOKED);
        return new Validity(list.thisUpdate(), list.nextUpdate());
    }

    /**
     * Requires a VCEK certificate: chain, dates, not revoked, and made for this chip at this version.
     *
     * @param vcek DER
     * @throws EvidenceRejected with the first check that failed
     */
    public void requireVcek(ChipVersion asked, ByteString vcek, AmdIssuers issuers, JudgedAt at)
            throws EvidenceRejected {
        Optional<ByteString> der = Optional.of(issuers.revocationList());
        SnpChain chain = SnpChain.read(new SnpCollateral(vcek, issuers.chainPem(), der), of(asked.product()));
        if (chain.kind() != SigningKey.VCEK) {
            throw new EvidenceRejected(REPORT_SIGNER_MISMATCH, "certificate's kind", SigningKey.VCEK, chain.kind());
        }
        chain.requireConsistency();
        chain.requireValidity(at);
        SnpVerifier.requireNotRevoked(chain, der, at);
        ChipVersion seen = chipVersion(chain);
        if (!seen.equals(asked)) {
            throw new EvidenceRejected(REPORT_SIGNER_MISMATCH, "VCEK certificate's chip and version", asked, seen);
        }
    }

    private static ChipVersion chipVersion(SnpChain chain) throws EvidenceRejected {
        AmdProduct product = chain.pinned().product();
        try {
            chain.signer().point();
            SignerExtensions extensions = SignerExtensions.read(chain.signer(), SigningKey.VCEK, product);
            return new ChipVersion(product, extensions.hardwareId().orElseThrow(), extensions.tcb());
        } catch (IOException malformed) {
            throw SnpChain.invalid("VCEK certificate", "as AMD issues it", String.valueOf(malformed.getMessage()));
        }
    }

    private List<AmdRoot> of(AmdProduct product) {
        return roots.stream().filter(root -> root.product() == product).toList();
    }
}
