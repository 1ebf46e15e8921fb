package io.attested.sms.attestation;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What verified evidence proves about an enclave and its platform.
 *
 * @param tee the kind of TEE
 * @param mrEnclave measurement of the enclave's code and layout, 32 bytes
 * @param mrSigner hash of the key that signed the enclave, 32 bytes
 * @param configId CONFIGID, 64 bytes; means something only when {@code kss} is set
 * @param reportData what the enclave itself put into its report, 64 bytes
 * @param attributes flags (8 bytes) and XFRM (8 bytes) as in the report
 * @param debug attribute DEBUG (bit 1): the host can read the enclave's memory
 * @param kss attribute KSS (bit 7): key separation and sharing, without which CONFIGID is not enforced
 * @param provisionKey attribute PROVISIONKEY (bit 4)
 * @param miscSelect MISCSELECT, unsigned 32 bits
 * @param isvProdId the signer's product number, 0 to 65535
 * @param isvSvn the signer's security version, 0 to 65535
 * @param configSvn CONFIGSVN, 0 to 65535
 * @param tcbStatus status of platform and quoting enclave together; never {@link TcbStatus#REVOKED}
 * @param advisories Intel's advisories that apply (matched platform level and QE level), sorted
 * @param fmspc the platform's model, 6 bytes
 * @param earliestExpiry the first instant after which some certificate, list or collateral used here has expired
 * @param tcbEvaluationDataNumber the TCB info's evaluation number
 * @param trailingBytes bytes after the signature data, which nothing signs
 * @param trustRootName name of the root that everything chains to
 */
public record EnclaveClaims(
        Tee tee,
        ByteString mrEnclave,
        ByteString mrSigner,
        ByteString configId,
        ByteString reportData,
        ByteString attributes,
        boolean debug,
        boolean kss,
        boolean provisionKey,
        long miscSelect,
        int isvProdId,
        int isvSvn,
        int configSvn,
        TcbStatus tcbStatus,
        SortedSet<String> advisories,
        ByteString fmspc,
        Instant earliestExpiry,
        int tcbEvaluationDataNumber,
        int trailingBytes,
        String trustRootName) {

    /** Takes an unmodifiable copy of the advisories. */
    public EnclaveClaims {
        advisories = Collections.unmodifiableSortedSet(new TreeSet<>(advisories));
    }
}
