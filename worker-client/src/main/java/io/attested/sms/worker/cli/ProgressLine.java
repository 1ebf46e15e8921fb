package io.attested.sms.worker.cli;

import io.attested.sms.worker.dataset.Progress;
import java.io.PrintStream;

/** Prints every tenth of long work: one line each for work of more than 64 MiB, nothing for less. */
final class ProgressLine implements Progress {
    private static final long LONG = 64L << 20;

    private final PrintStream err;
    private final String work;
    private long tenthsPrinted;

    ProgressLine(PrintStream err, String work) {
        this.err = err;
        this.work = work;
    }

    @Override
    public void reached(long done, long total) {
        if (total < LONG) {
            return;
        }
        long tenths = done * 10 / total;
        if (tenths > tenthsPrinted) {
            tenthsPrinted = tenths;
            err.println(work + ": " + tenths * 10 + " % (" + (done >> 20) + " of " + (total >> 20) + " MiB)");
        }
    }
}
