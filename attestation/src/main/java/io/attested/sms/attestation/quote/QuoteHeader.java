package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;

/**
 * The first 48 bytes of a quote, of any version.
 *
 * @param version 3, 4 or 5 exist
 * @param attestationKeyType 2 is ECDSA on P-256
 * @param teeType {@code 0} SGX, {@code 0x81} TDX
 * @param qeVendorId 16 bytes
 * @param userData 20 bytes; the first 16 name the quoting enclave
 */
public record QuoteHeader(
        int version, int attestationKeyType, int teeType, ByteString qeVendorId, ByteString userData) {
    /** Length of the header in bytes. */
    public static final int LENGTH = 48;

    static final int TEE_SGX = 0;
    static final int TEE_TDX = 0x81;
    static final int KEY_TYPE_P256 = 2;
    static final ByteString INTEL = ByteString.ofHex("939a7233f79c4ca9940a0db3957f0607");

    static QuoteHeader read(LittleEndianReader in) throws EvidenceRejected {
        int version = in.u16("version");
        int keyType = in.u16("attestation key type");
        int teeType = in.i32("TEE type");
        in.bytes("QE SVN and PCE SVN", 4);
        return new QuoteHeader(version, keyType, teeType, in.bytes("QE vendor id", 16), in.bytes("user data", 20));
    }

    boolean isTdx() {
        return teeType == TEE_TDX;
    }
}
