package io.attested.sms.worker.cli;

import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.source.CheckedCollateral;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.attestation.source.CollateralChecks;
import io.attested.sms.attestation.source.CollateralVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms evidence collateral show}. */
@Command(
        name = "show",
        description = {
            "Show whose collateral a bundle holds and until when, and check every signature, list and date. No connection "
                    + "is opened.",
            "Exits with 0 only if everything checks, with 3 if something does not, with 4 if the file is no bundle."
        },
        footer = {"  ./sms evidence collateral show bundle.json", "  ./sms evidence collateral show bundle.json --json"
        })
final class CollateralShow implements Callable<Integer> {
    /** Long enough to show whose collateral it was that ran out; what ran out is a fault all the same. */
    private static final Duration TO_SHOW = JudgedAt.MAX_GRACE;

    private final Console console;
    private final InstantSource clock;

    @Parameters(paramLabel = "BUNDLE", description = "The bundle: JSON, an array or a single object.")
    private Path file = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description =
                    "Trust this root certificate (PEM) instead of Intel's. Whoever has its key can invent enclaves.")
    private @Nullable Path root;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** One entry: what it is as far as that is known, and what is wrong with it. */
    private record Entry(Optional<CheckedCollateral> content, Optional<Verdict.Rejected> fault) {}

    CollateralShow(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException {
        CollateralChecks checks = CollateralChecks.under(EvidenceVerify.trustRoot(Optional.ofNullable(root)));
        Instant now = clock.instant();
        List<Entry> entries = new ArrayList<>();
        switch (CollateralBundle.read(EvidenceFile.read(file, "bundle", CollateralBundle.MAX_LENGTH))) {
            case CollateralBundle.Reading.Malformed malformed ->
                throw Failure.refused(file + " is no bundle: " + malformed.why());
            case CollateralBundle.Reading.Read read ->
                read.entries().forEach(collateral -> entries.add(entry(checks, collateral, now)));
        }
        if (json) {
            print(entries);
        } else {
            new CollateralTable(entries.stream()
                            .flatMap(entry -> entry.content().stream())
                            .toList())
                    .print(console);
        }
        for (int i = 0; i < entries.size(); i++) {
            int number = i;
            entries.get(i)
                    .fault()
                    .ifPresent(fault -> console.note(
                            "entry " + number + " does not check (" + fault.reason() + "): " + fault.detail()));
        }
        return entries.stream().allMatch(entry -> entry.fault().isEmpty()) ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static Entry entry(CollateralChecks checks, Collateral collateral, Instant now) {
        return switch (checks.check(collateral, JudgedAt.exactly(now))) {
            case CollateralVerdict.Good good -> new Entry(Optional.of(good.checked()), Optional.empty());
            case CollateralVerdict.Wrong wrong ->
                new Entry(
                        checks.check(collateral, new JudgedAt(now, TO_SHOW)) instanceof CollateralVerdict.Good late
                                ? Optional.of(late.checked())
                                : Optional.empty(),
                        Optional.of(wrong.rejection()));
        };
    }

    private void print(List<Entry> entries) {
        List<Object> objects = new ArrayList<>();
        entries.forEach(entry -> objects.add(fields(entry)));
        console.json(Map.of("entries", objects));
    }

    private static Map<String, Object> fields(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("checks", entry.fault().isEmpty());
        entry.content().ifPresent(content -> {
            fields.put("tee", content.key().tee().name().toLowerCase(Locale.ROOT));
            fields.put("fmspc", content.key().fmspc().hex());
            fields.put("ca", content.key().authority().word());
            fields.put("tcbEvaluationDataNumber", content.evaluationDataNumber());
            fields.put("issued", content.issued().toString());
            fields.put("nextUpdate", content.nextUpdate().toString());
        });
        entry.fault().ifPresent(fault -> {
            fields.put("reason", fault.reason().name());
            fields.put("detail", fault.detail());
        });
        return fields;
    }
}
