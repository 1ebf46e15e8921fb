package io.attested.sms.attestation;

/**
 * An SGX enclave (Intel SDM volume 3D, REPORT).
 *
 * @param mrEnclave measurement of code and layout, 32 bytes
 * @param mrSigner hash of the key that signed the enclave, 32 bytes
 * @param isvProdId the signer's product number, 0 to 65535
 * @param isvSvn the signer's security version, 0 to 65535
 * @param attributes flags, 8 bytes as in the report
 * @param xfrm processor features the enclave may use, 8 bytes as in the report
 * @param miscSelect MISCSELECT, unsigned 32 bits
 * @param configId CONFIGID, 64 bytes; enforced by the processor only when {@link #kss()}
 * @param configSvn CONFIGSVN, 0 to 65535
 * @param isvExtProdId extended product number, 16 bytes
 * @param isvFamilyId family, 16 bytes
 */
public record SgxClaims(
        ByteString mrEnclave,
        ByteString mrSigner,
        int isvProdId,
        int isvSvn,
        ByteString attributes,
        ByteString xfrm,
        long miscSelect,
        ByteString configId,
        int configSvn,
        ByteString isvExtProdId,
        ByteString isvFamilyId)
        implements CodeClaims {
    private static final int FLAG_PROVISION_KEY = 1 << 4;
    private static final int FLAG_KSS = 1 << 7;

    @Override
    public Tee tee() {
        return Tee.SGX;
    }

    @Override
    public ByteString measurement() {
        return mrEnclave;
    }

    /** Flag PROVISIONKEY, which no application needs. */
    public boolean provisionKey() {
        return (attributes.unsigned(0) & FLAG_PROVISION_KEY) != 0;
    }

    /** Flag KSS: key separation and sharing, without which CONFIGID is not enforced. */
    public boolean kss() {
        return (attributes.unsigned(0) & FLAG_KSS) != 0;
    }
}
