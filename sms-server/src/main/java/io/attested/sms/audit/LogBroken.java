package io.attested.sms.audit;

/** The stored log contradicts its own signed head: somebody rewrote it, or the disk lost a part. */
public final class LogBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ChainCheck.Broken finding;

    public LogBroken(ChainCheck.Broken broken) {
        super("the audit log is broken at entry " + broken.sequence() + ": " + broken.reason()
                + "; expected an unbroken chain up to a head signed by this service; restore the store from a backup"
                + " and keep the broken one as evidence");
        this.finding = broken;
    }

    /** The first contradiction. */
    public ChainCheck.Broken finding() {
        return finding;
    }
}
