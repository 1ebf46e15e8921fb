package io.attested.sms.worker.cli;

import io.attested.sms.attestation.source.CheckedCollateral;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Whose collateral, and from when to when, a line for each platform.
 *
 * @param entries in the order of the lines
 */
record CollateralTable(List<CheckedCollateral> entries) {
    /** Prints at most 80 columns. */
    void print(Console console) {
        Table table = new Table().row("tee", "fmspc", "ca", "eval", "issued", "next update");
        for (CheckedCollateral entry : entries) {
            table.row(
                    entry.key().tee().name().toLowerCase(Locale.ROOT),
                    entry.key().fmspc().hex(),
                    entry.key().authority().word(),
                    Integer.toString(entry.evaluationDataNumber()),
                    entry.issued().truncatedTo(ChronoUnit.SECONDS).toString(),
                    entry.nextUpdate().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        table.print(console);
    }
}
