package io.attested.sms.attestation.amd;

/** Which key signs reports (field SIGNING_KEY); named by the certificate's subject and issuer. */
public enum SigningKey {
    /** Versioned chip endorsement key: of one chip at one TCB version. */
    VCEK("SEV-VCEK", "SEV-"),
    /** Versioned loaded endorsement key: of one cloud provider at one TCB version. */
    VLEK("SEV-VLEK", "SEV-VLEK-");

    private final String commonName;
    private final String issuerPrefix;

    SigningKey(String commonName, String issuerPrefix) {
        this.commonName = commonName;
        this.issuerPrefix = issuerPrefix;
    }

    /** CN of a certificate for such a key. */
    String commonName() {
        return commonName;
    }

    /** CN of who issues such certificates: ASK or ASVK. */
    String issuerName(AmdProduct product) {
        return issuerPrefix + product.text();
    }
}
