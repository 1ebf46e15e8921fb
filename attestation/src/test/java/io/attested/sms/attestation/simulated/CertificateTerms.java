package io.attested.sms.attestation.simulated;

import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a certificate of the simulated PKI shall say.
 *
 * @param commonName the subject's CN
 * @param key the subject's key
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity
 * @param pathLength for a certificate authority; empty for an end entity
 * @param usage key usage bits
 * @param pckExtension content of Intel's extension
 */
public record CertificateTerms(
        String commonName,
        SimulatedKey key,
        Instant notBefore,
        Instant notAfter,
        Optional<Integer> pathLength,
        int usage,
        Optional<byte[]> pckExtension) {

    static CertificateTerms authority(String commonName, SimulatedKey key, Instant from, Instant to, int pathLength) {
        return new CertificateTerms(
                commonName,
                key,
                from,
                to,
                Optional.of(pathLength),
                KeyUsage.keyCertSign | KeyUsage.cRLSign,
                Optional.empty());
    }

    static CertificateTerms endEntity(String commonName, SimulatedKey key, Instant from, Instant to) {
        return new CertificateTerms(
                commonName,
                key,
                from,
                to,
                Optional.empty(),
                KeyUsage.digitalSignature | KeyUsage.nonRepudiation,
                Optional.empty());
    }

    /** Same terms with another CN. */
    public CertificateTerms named(String name) {
        return new CertificateTerms(name, key, notBefore, notAfter, pathLength, usage, pckExtension);
    }

    /** Same terms with other dates. */
    public CertificateTerms valid(Instant from, Instant to) {
        return new CertificateTerms(commonName, key, from, to, pathLength, usage, pckExtension);
    }

    /** Same terms for a certificate authority. */
    public CertificateTerms asAuthority(int length) {
        return new CertificateTerms(commonName, key, notBefore, notAfter, Optional.of(length), usage, pckExtension);
    }

    /** Same terms with other key usage bits. */
    public CertificateTerms using(int bits) {
        return new CertificateTerms(commonName, key, notBefore, notAfter, pathLength, bits, pckExtension);
    }

    /** Same terms with this content of Intel's extension. */
    public CertificateTerms withPckExtension(byte[] der) {
        return new CertificateTerms(commonName, key, notBefore, notAfter, pathLength, usage, Optional.of(der));
    }
}
