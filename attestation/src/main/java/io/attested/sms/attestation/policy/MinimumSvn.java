package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import java.util.Optional;

/**
 * The lowest security versions of code and firmware.
 *
 * @param sgxIsvSvn of an enclave, 0 to 65535
 * @param snpGuestSvn of a guest, unsigned 32 bits
 * @param snpReportedTcb SEV-SNP firmware, 8 bytes as in the report, compared byte by byte; without it firmware is not judged
 */
public record MinimumSvn(int sgxIsvSvn, long snpGuestSvn, Optional<ByteString> snpReportedTcb) {
    static final int MAX_ISV_SVN = 0xffff;
    static final long MAX_GUEST_SVN = 0xffff_ffffL;
    static final int TCB_LENGTH = 8;

    /** Refuses values outside their ranges by {@link IllegalArgumentException}. */
    public MinimumSvn {
        if (sgxIsvSvn < 0 || sgxIsvSvn > MAX_ISV_SVN) {
            throw new IllegalArgumentException("SGX ISVSVN is " + sgxIsvSvn + ", expected 0 to " + MAX_ISV_SVN);
        }
        if (snpGuestSvn < 0 || snpGuestSvn > MAX_GUEST_SVN) {
            throw new IllegalArgumentException("SNP guest SVN is " + snpGuestSvn + ", expected 0 to " + MAX_GUEST_SVN);
        }
        if (snpReportedTcb.filter(tcb -> tcb.length() != TCB_LENGTH).isPresent()) {
            throw new IllegalArgumentException("SNP reported TCB is " + snpReportedTcb.get() + ", expected 8 bytes");
        }
    }

    /** Nothing is asked for. */
    public static MinimumSvn none() {
        return new MinimumSvn(0, 0, Optional.empty());
    }

    /** The same with another ISVSVN. */
    public MinimumSvn withSgxIsvSvn(int svn) {
        return new MinimumSvn(svn, snpGuestSvn, snpReportedTcb);
    }

    /** The same with another guest SVN. */
    public MinimumSvn withSnpGuestSvn(long svn) {
        return new MinimumSvn(sgxIsvSvn, svn, snpReportedTcb);
    }

    /** The same with another reported TCB. */
    public MinimumSvn withSnpReportedTcb(ByteString tcb) {
        return new MinimumSvn(sgxIsvSvn, snpGuestSvn, Optional.of(tcb));
    }
}
