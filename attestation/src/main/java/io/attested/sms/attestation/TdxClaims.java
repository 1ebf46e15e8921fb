package io.attested.sms.attestation;

import java.util.List;
import java.util.Optional;

/**
 * A trust domain (Intel TDX module specification, TDREPORT).
 *
 * @param mrTd measurement of the initial contents, 48 bytes
 * @param mrConfigId set by the host at launch, 48 bytes
 * @param mrOwner set by the host at launch, 48 bytes
 * @param mrOwnerConfig set by the host at launch, 48 bytes
 * @param rtmrs run-time measurement registers 0 to 3, 48 bytes each
 * @param tdAttributes 8 bytes
 * @param xfam processor features the domain may use, 8 bytes
 * @param mrSeam measurement of the TDX module, 48 bytes
 * @param mrSignerSeam signer of the module, 48 bytes; zero for Intel's
 * @param teeTcbSvn SVNs of the module the domain was launched under, 16 bytes
 * @param teeTcbSvn2 SVNs of the module that runs now, 16 bytes; TDX 1.5 only
 * @param mrServiceTd hash of bound service domains, 48 bytes; TDX 1.5 only
 */
public record TdxClaims(
        ByteString mrTd,
        ByteString mrConfigId,
        ByteString mrOwner,
        ByteString mrOwnerConfig,
        List<ByteString> rtmrs,
        ByteString tdAttributes,
        ByteString xfam,
        ByteString mrSeam,
        ByteString mrSignerSeam,
        ByteString teeTcbSvn,
        Optional<ByteString> teeTcbSvn2,
        Optional<ByteString> mrServiceTd)
        implements CodeClaims {
    /** Takes an unmodifiable copy of the registers. */
    public TdxClaims {
        rtmrs = List.copyOf(rtmrs);
        if (rtmrs.size() != 4) {
            throw new IllegalArgumentException(rtmrs.size() + " registers, expected 4");
        }
    }

    @Override
    public Tee tee() {
        return Tee.TDX;
    }

    @Override
    public ByteString measurement() {
        return mrTd;
    }

    /** Attribute SEPT_VE_DISABLE (bit 28): the host cannot inject exceptions by taking pages away. */
    public boolean septVeDisable() {
        return (tdAttributes.unsigned(3) & 1 << 4) != 0;
    }

    /** Attribute MIGRATABLE (bit 29): the domain may be moved to another machine. */
    public boolean migratable() {
        return (tdAttributes.unsigned(3) & 1 << 5) != 0;
    }
}
