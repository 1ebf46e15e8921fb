package io.attested.sms.attestation.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;

/**
 * What a revocation list of the simulated PKI shall say.
 *
 * @param issuer who issues it
 * @param signingKey who signs it; another key than the issuer's makes a forged list
 * @param thisUpdate when it is issued
 * @param nextUpdate until when it may be used
 * @param revoked serial numbers
 * @param numbered whether it has the extensions that Intel's lists have
 */
public record CrlTerms(
        SimulatedCertificate issuer,
        SimulatedKey signingKey,
        Instant thisUpdate,
        Instant nextUpdate,
        List<BigInteger> revoked,
        boolean numbered) {

    /** Same terms with another issuer, who signs. */
    public CrlTerms by(SimulatedCertificate other) {
        return new CrlTerms(other, other.key(), thisUpdate, nextUpdate, revoked, numbered);
    }

    /** Same terms with a signature by another key. */
    public CrlTerms signedBy(SimulatedKey other) {
        return new CrlTerms(issuer, other, thisUpdate, nextUpdate, revoked, numbered);
    }

    /** Same terms with other dates. */
    public CrlTerms valid(Instant from, Instant to) {
        return new CrlTerms(issuer, signingKey, from, to, revoked, numbered);
    }

    /** Same terms with one more serial number. */
    public CrlTerms revoking(BigInteger serial) {
        List<BigInteger> more = new ArrayList<>(revoked);
        more.add(serial);
        return new CrlTerms(issuer, signingKey, thisUpdate, nextUpdate, List.copyOf(more), numbered);
    }

    /** Same terms without number and key identifier. */
    public CrlTerms withoutNumber() {
        return new CrlTerms(issuer, signingKey, thisUpdate, nextUpdate, revoked, false);
    }

    byte[] sign() {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer.holder().getSubject(), Date.from(thisUpdate));
        builder.setNextUpdate(Date.from(nextUpdate));
        revoked.forEach(serial -> builder.addCRLEntry(serial, Date.from(thisUpdate), CRLReason.keyCompromise));
        try {
            if (numbered) {
                builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new AuthorityKeyIdentifier(SimulatedCertificate.keyIdentifier(issuer.key())));
            }
            return builder.build(signingKey.contentSigner()).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
