package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import java.util.Optional;

/**
 * The lowest security versions of code and firmware.
 *
 * <p>There is none for SGX: whoever signs an enclave chooses its ISVSVN, so a number without the signer says nothing, and
 * whoever names the code by MRENCLAVE has named its version.
 *
 * @param snpGuestSvn of a guest, unsigned 32 bits
 * @param snpReportedTcb SEV-SNP firmware, 8 bytes as in the report, compared byte by byte; without it firmware is not judged
 */
public record MinimumSvn(long snpGuestSvn, Optional<ByteString> snpReportedTcb) {
    static final long MAX_GUEST_SVN = 0xffff_ffffL;
    static final int TCB_LENGTH = 8;

    /** Refuses values outside their ranges by {@link IllegalArgumentException}. */
    public MinimumSvn {
        if (snpGuestSvn < 0 || snpGuestSvn > MAX_GUEST_SVN) {
            throw new IllegalArgumentException("SNP guest SVN is " + snpGuestSvn + ", expected 0 to " + MAX_GUEST_SVN);
        }
        if (snpReportedTcb.filter(tcb -> tcb.length() != TCB_LENGTH).isPresent()) {
            throw new IllegalArgumentException("SNP reported TCB is " + snpReportedTcb.get() + ", expected 8 bytes");
        }
    }

    /** Nothing is asked for. */
    public static MinimumSvn none() {
        return new MinimumSvn(0, Optional.empty());
    }

    /** The same with another guest SVN. */
    public MinimumSvn withSnpGuestSvn(long svn) {
        return new MinimumSvn(svn, snpReportedTcb);
    }

    /** The same with another reported TCB. */
    public MinimumSvn withSnpReportedTcb(ByteString tcb) {
        return new MinimumSvn(snpGuestSvn, Optional.of(tcb));
    }
}
