package io.attested.sms.attestation.simulated;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What a certificate of the simulated AMD shall say.
 *
 * @param commonName the subject's CN
 * @param key the subject's key
 * @param serial serial number
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity
 * @param authority whether it says that it is a certificate authority; empty: says nothing of it
 * @param usage key usage bits; empty: says nothing of it
 * @param vendorExtensions contents by what follows 1.3.6.1.4.1.3704.1
 */
public record AmdCertificateTerms(
        String commonName,
        SubjectPublicKeyInfo key,
        BigInteger serial,
        Instant notBefore,
        Instant notAfter,
        Optional<Boolean> authority,
        Optional<Integer> usage,
        Map<String, byte[]> vendorExtensions) {

    /** Same terms with another CN. */
    public AmdCertificateTerms named(String name) {
        return new AmdCertificateTerms(name, key, serial, notBefore, notAfter, authority, usage, vendorExtensions);
    }

    /** Same terms for another key. */
    public AmdCertificateTerms keyed(SubjectPublicKeyInfo other) {
        return new AmdCertificateTerms(
                commonName, other, serial, notBefore, notAfter, authority, usage, vendorExtensions);
    }

    /** Same terms with other dates. */
    public AmdCertificateTerms valid(Instant from, Instant to) {
        return new AmdCertificateTerms(commonName, key, serial, from, to, authority, usage, vendorExtensions);
    }

    /** Same terms with or without the right to issue certificates. */
    public AmdCertificateTerms authority(boolean is) {
        return new AmdCertificateTerms(
                commonName, key, serial, notBefore, notAfter, Optional.of(is), usage, vendorExtensions);
    }

    /** Same terms with other key usage bits. */
    public AmdCertificateTerms using(int bits) {
        return new AmdCertificateTerms(
                commonName, key, serial, notBefore, notAfter, authority, Optional.of(bits), vendorExtensions);
    }

    /** Same terms with this content of one of AMD's extensions. */
    public AmdCertificateTerms with(String suffix, byte[] content) {
        Map<String, byte[]> changed = new TreeMap<>(vendorExtensions);
        changed.put(suffix, content.clone());
        return new AmdCertificateTerms(commonName, key, serial, notBefore, notAfter, authority, usage, changed);
    }

    /** Same terms without one of AMD's extensions. */
    public AmdCertificateTerms without(String suffix) {
        Map<String, byte[]> changed = new TreeMap<>(vendorExtensions);
        changed.remove(suffix);
        return new AmdCertificateTerms(commonName, key, serial, notBefore, notAfter, authority, usage, changed);
    }
}
