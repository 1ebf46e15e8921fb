package io.attested.sms.worker.cli;

import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.worker.json.JsonText;
import io.attested.sms.worker.verify.CappedFile;
import io.attested.sms.worker.verify.EvidenceKind;
import io.attested.sms.worker.verify.Inspection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms evidence inspect}. */
@Command(
        name = "inspect",
        description = {
            "Show every field of a quote. Nothing is verified: whoever made the file may have written anything.",
            "Bytes are hexadecimal in the order of the quote."
        },
        footer = {"  sms evidence inspect quote.bin", "  sms evidence inspect quote.bin --json"})
final class EvidenceInspect implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The quote, binary, as the enclave made it.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    EvidenceInspect(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failure, IOException {
        byte[] evidence = CappedFile.read(file, Quote.MAX_LENGTH_WITH_TRAILING_BYTES + 1);
        EvidenceKind kind = EvidenceKind.of(evidence)
                .orElseThrow(() -> Failure.unavailable(file + " is no evidence that this program knows"));
        Map<String, Object> fields = switch (kind.inspect(evidence)) {
            case Inspection.Readable readable -> readable.fields();
            case Inspection.Unreadable unreadable -> throw unreadable(unreadable.rejection());
        };
        if (json) {
            console.out().println(new String(JsonText.bytes(fields), StandardCharsets.UTF_8));
        } else {
            new Table().fields(fields).print(console.out());
        }
        return ExitCode.DONE;
    }

    private Failure unreadable(Verdict.Rejected rejection) {
        return Failure.unavailable(file + " cannot be read as a quote (" + rejection.reason() + "): "
                + rejection.detail() + "; give the binary quote, not its base64 or hexadecimal text");
    }
}
