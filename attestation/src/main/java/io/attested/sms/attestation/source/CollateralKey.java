package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.pki.PckAuthority;
import java.util.Locale;

/**
 * Whose collateral.
 *
 * @param tee SGX or TDX
 * @param fmspc the platform's model, 6 bytes
 * @param authority the CA of the platform's PCK certificate
 */
public record CollateralKey(Tee tee, ByteString fmspc, PckAuthority authority) {
    private static final int FMSPC_LENGTH = 6;

    /** Refuses a TEE that is not Intel's and an FMSPC of another length. */
    public CollateralKey {
        if (tee == Tee.SEV_SNP || fmspc.length() != FMSPC_LENGTH) {
            throw new IllegalArgumentException("no Intel platform: " + tee + " with " + fmspc.length() + " bytes");
        }
    }

    /** Lower-case words joined by hyphens, such as {@code sgx-00606a000000-platform}. */
    @Override
    public String toString() {
        return teeWord() + "-" + fmspc.hex() + "-" + authority.word();
    }

    String teeWord() {
        return tee.name().toLowerCase(Locale.ROOT);
    }
}
