package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import java.util.Arrays;

/** The two CAs that issue PCK certificates and their revocation lists. */
public enum PckAuthority {
    /** Platforms of one processor package. */
    PROCESSOR("Intel SGX PCK Processor CA", "processor"),
    /** Platforms of several packages. */
    PLATFORM("Intel SGX PCK Platform CA", "platform");

    private final String commonName;
    private final String word;

    PckAuthority(String commonName, String word) {
        this.commonName = commonName;
        this.word = word;
    }

    /** The word of the query parameter {@code ca} in Intel's PCS API. */
    public String word() {
        return word;
    }

    static PckAuthority named(String commonName) throws EvidenceRejected {
        return Arrays.stream(values())
                .filter(authority -> authority.commonName.equals(commonName))
                .findFirst()
                .orElseThrow(() -> new EvidenceRejected(
                        RejectionReason.CERT_CHAIN_UNTRUSTED,
                        "PCK CA's CN",
                        "one of "
                                + Arrays.stream(values()).map(a -> a.commonName).toList(),
                        commonName));
    }
}
