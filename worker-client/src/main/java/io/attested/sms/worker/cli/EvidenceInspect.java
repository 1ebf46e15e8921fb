package io.attested.sms.worker.cli;

import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.worker.verify.EvidenceKind;
import io.attested.sms.worker.verify.Inspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms evidence inspect}. */
@Command(
        name = "inspect",
        description = {
            "Show every field of a quote or SEV-SNP report. Nothing is verified: whoever made the file may have written anything.",
            "Bytes are hexadecimal in the order of the quote."
        },
        footer = {"  ./sms evidence inspect quote.bin", "  ./sms evidence inspect quote.bin --json"})
final class EvidenceInspect implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The quote or SEV-SNP report, binary, as it was made.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    EvidenceInspect(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failure, IOException {
        byte[] evidence = EvidenceFile.read(file, "quote", Quote.MAX_LENGTH_WITH_TRAILING_BYTES);
        EvidenceKind kind = EvidenceKind.of(evidence)
                .orElseThrow(() -> Failure.refused(file + " is no evidence that this program knows"));
        return switch (kind.inspect(evidence)) {
            case Inspection.Readable readable -> {
                print(readable.fields());
                yield ExitCode.DONE;
            }
            case Inspection.Unreadable unreadable -> {
                print(withReason(unreadable));
                console.note(file + " cannot be read as " + (unreadable.fields().isEmpty() ? "evidence" : "a whole")
                        + "; give the binary quote or report, not its base64 or hexadecimal text");
                yield ExitCode.REFUSED;
            }
        };
    }

    private void print(Map<String, Object> fields) {
        if (json) {
            console.json(fields);
        } else {
            new Table().fields(fields).print(console);
        }
    }

    private Map<String, Object> withReason(Inspection.Unreadable unreadable) {
        Verdict.Rejected rejection = unreadable.rejection();
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("reason", rejection.reason().name());
        reason.put("field", rejection.field());
        reason.put("expected", rejection.expected());
        reason.put("seen", rejection.seen());
        Map<String, Object> fields = new LinkedHashMap<>(unreadable.fields());
        if (json) {
            fields.put("unreadable", reason);
        } else {
            reason.forEach((name, value) -> fields.put("unreadable " + name, value));
        }
        return fields;
    }
}
