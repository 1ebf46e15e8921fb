package io.attested.sms.worker.cli;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.source.CachedCollateral;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.attestation.source.CollateralChecks;
import io.attested.sms.attestation.source.CollateralEvents;
import io.attested.sms.attestation.source.JdkWeb;
import io.attested.sms.attestation.source.PatientWeb;
import io.attested.sms.attestation.source.PcsClient;
import io.attested.sms.attestation.source.QuoteCollateral;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sms evidence collateral export}. */
@Command(
        name = "export",
        description = {
            "Fetch what Intel publishes for the platforms of some quotes, check it, write it into one file for services "
                    + "without a way out.",
            "Connects to the source and to nothing else, and only for quotes whose PCK chain is verified. Writes nothing "
                    + "unless every quote's platform was found: exits with 3 if a quote's platform is not genuine, with 4 "
                    + "if the source has nothing usable."
        },
        footer = {
            "  ./sms evidence collateral export --source pcs --quote quote.bin \\", "      --out bundle.json",
            "  ./sms evidence collateral export --source https://pccs.example.org \\",
                    "      --quote a.bin --quote b.bin --out two.json"
        })
final class CollateralExport implements Callable<Integer> {
    private static final String PCS = "pcs";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Console console;
    private final InstantSource clock;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "SOURCE",
            description = "Whom to ask: pcs for Intel's own service, or the address of a PCCS.")
    private String source = PCS;

    @Option(
            names = "--quote",
            required = true,
            paramLabel = "FILE",
            description = "A quote of the platform, binary, with its PCK chain inside. Give it once for each platform.")
    private List<Path> quotes = List.of();

    @Option(names = "--out", required = true, paramLabel = "BUNDLE", description = "New file for the bundle.")
    private Path out = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description =
                    "Trust this root certificate (PEM) instead of Intel's. Whoever has its key can invent enclaves.")
    private @Nullable Path root;

    CollateralExport(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(out.toString());
        }
        TrustRoot trusted = EvidenceVerify.trustRoot(Optional.ofNullable(root));
        CollateralChecks checks = CollateralChecks.under(trusted);
        CachedCollateral cache = cache(checks);
        QuoteCollateral platforms = new QuoteCollateral(new QuoteVerifier(trusted), checks, cache);
        for (Path quote : quotes) {
            fetch(platforms, quote);
        }
        byte[] bundle = CollateralBundle.export(cache.held());
        Files.write(out, bundle, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        new CollateralTable(cache.held()).print(console);
        return ExitCode.DONE;
    }

    private void fetch(QuoteCollateral platforms, Path file) throws Failure, IOException {
        byte[] quote = EvidenceFile.read(file, "quote", Quote.MAX_LENGTH_WITH_TRAILING_BYTES);
        switch (platforms.forQuote(quote, Optional.empty(), Optional.empty(), clock.instant())) {
            case QuoteCollateral.Answer.Usable usable -> {}
            case QuoteCollateral.Answer.NotBound never -> throw new IllegalStateException("no report data was named");
            case QuoteCollateral.Answer.NotGenuine notGenuine ->
                throw Failure.refused(
                        file + " proves no platform (" + notGenuine.rejection().reason() + "): "
                                + notGenuine.rejection().detail() + "; nothing was asked for it, nothing is written");
            case QuoteCollateral.Answer.Unavailable unavailable ->
                throw Failure.unavailable(source + " gave nothing usable for " + file + " (" + unavailable.reason()
                        + "): " + unavailable.detail() + "; nothing is written");
        }
    }

    private CachedCollateral cache(CollateralChecks checks) throws Failure, IOException {
        PatientWeb web = new PatientWeb(JdkWeb.open(), TIMEOUT, clock, new SecureRandom(), Thread::sleep);
        PcsClient publisher = source.equals(PCS) ? PcsClient.intel(web) : PcsClient.pccs(web, pccs());
        return CachedCollateral.open(
                new CachedCollateral.Surroundings(
                        checks,
                        Optional.of(publisher),
                        Optional.empty(),
                        clock,
                        Runnable::run,
                        CollateralEvents.none()),
                new CachedCollateral.Terms(Duration.ZERO, PATIENCE, PAUSE, quotes.size(), 1));
    }

    private URI pccs() throws Failure {
        if (source.matches("https?://[^/@?#]+(/[^@?#]*)?")) {
            try {
                return URI.create(source);
            } catch (IllegalArgumentException e) {
                throw Failure.usage("--source " + source + " is no address: " + e.getMessage());
            }
        }
        throw Failure.usage("--source is neither pcs nor an address such as https://pccs.example.org");
    }
}
