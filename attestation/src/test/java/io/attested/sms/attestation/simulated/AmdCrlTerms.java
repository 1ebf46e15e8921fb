package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;

/**
 * What a revocation list of the simulated AMD shall say.
 *
 * @param issuer who issues it
 * @param signingKey who signs it; another key than the issuer's makes a forged list
 * @param thisUpdate when it is issued
 * @param nextUpdate until when it may be used
 * @param revoked serial numbers
 * @param critical whether its number is marked critical, which no list's should be
 */
public record AmdCrlTerms(
        SimulatedAuthority issuer,
        SimulatedRsaKey signingKey,
        Instant thisUpdate,
        Instant nextUpdate,
        List<BigInteger> revoked,
        boolean critical) {

    /** Same terms with another issuer, who signs. */
    public AmdCrlTerms by(SimulatedAuthority other) {
        return new AmdCrlTerms(other, other.key(), thisUpdate, nextUpdate, revoked, critical);
    }

    /** Same terms with a signature by another key. */
    public AmdCrlTerms signedBy(SimulatedRsaKey other) {
        return new AmdCrlTerms(issuer, other, thisUpdate, nextUpdate, revoked, critical);
    }

    /** Same terms with other dates. */
    public AmdCrlTerms valid(Instant from, Instant to) {
        return new AmdCrlTerms(issuer, signingKey, from, to, revoked, critical);
    }

    /** Same terms with one more serial number. */
    public AmdCrlTerms revoking(BigInteger serial) {
        List<BigInteger> more = new ArrayList<>(revoked);
        more.add(serial);
        return new AmdCrlTerms(issuer, signingKey, thisUpdate, nextUpdate, List.copyOf(more), critical);
    }

    /** Same terms with a critical extension. */
    public AmdCrlTerms asCritical() {
        return new AmdCrlTerms(issuer, signingKey, thisUpdate, nextUpdate, revoked, true);
    }

    /** The list, DER. */
    public ByteString sign() {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer.holder().getSubject(), Date.from(thisUpdate));
        builder.setNextUpdate(Date.from(nextUpdate));
        revoked.forEach(serial -> builder.addCRLEntry(serial, Date.from(thisUpdate), CRLReason.keyCompromise));
        try {
            builder.addExtension(Extension.cRLNumber, critical, new CRLNumber(BigInteger.ONE));
            return ByteString.copyOf(builder.build(signingKey.contentSigner()).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
