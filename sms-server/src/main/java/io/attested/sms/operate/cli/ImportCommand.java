package io.attested.sms.operate.cli;

import io.attested.sms.operate.legacy.ImportPlan;
import io.attested.sms.operate.legacy.ImportTally;
import io.attested.sms.operate.legacy.Importer;
import io.attested.sms.operate.legacy.LegacyCipher;
import io.attested.sms.operate.legacy.LegacyContent;
import io.attested.sms.operate.legacy.LegacyUnreadable;
import io.attested.sms.operate.legacy.h2.LegacyFile;
import io.attested.sms.operate.legacy.script.LegacyScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sms operator import}. */
@Command(
        name = "import",
        description = {
            "Take over secrets and challenge keys from the original service's database.",
            "",
            "The service has to be stopped. Settings are given as to ./sms server, or in a file. What is here already is"
                    + " never overwritten, so that the command can be run again.",
            "",
            "Owners of datasets and apps, which the original did not keep, are asked of the chain."
        },
        footer = {
            "  ./sms operator import --database sms-h2.mv.db --key iexec-sms-aes.key \\",
            "      --config /etc/sms/application.yml --dry-run",
            "  ./sms operator import --database backup.sql --key backup.sql.key \\",
            "      --sms.realm=production …"
        })
final class ImportCommand implements Callable<Integer> {
    private static final int LARGEST_KEY_FILE = 1024;

    /** Every file of H2's storage engine begins so. */
    private static final byte[] H2_FILE = "H:2,".getBytes(StandardCharsets.US_ASCII);

    private static final long PROGRESS = 500;

    private final PrintStream out;
    private final PrintStream err;
    private final List<String> settings;
    private final ImportPlace.Opening opening;
    private final InstantSource clock;

    @Option(
            names = "--database",
            required = true,
            paramLabel = "FILE",
            description = "The original's database file (H2 2.2, .mv.db) or its backup.sql; it is only read.")
    private Path database = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The original's key file: base64 of an AES-128 key.")
    private Path key = Path.of("");

    @Option(names = "--config", paramLabel = "FILE", description = "The service's settings, application.yml.")
    private @Nullable Path config;

    @Option(names = "--dry-run", description = "Show what would be taken over and what not; write nothing.")
    private boolean dryRun;

    ImportCommand(
            PrintStream out, PrintStream err, List<String> settings, ImportPlace.Opening opening, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.settings = settings;
        this.opening = opening;
        this.clock = clock;
    }

    @Override
    public Integer call() throws ImportRefused, LegacyUnreadable {
        LegacyCipher cipher = cipher();
        LegacyContent content = content();
        if (!content.isAnOriginals()) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.NOT_AN_ORIGINALS,
                    "there is none of the original's tables in " + database + "; give its database");
        }
        try (ImportPlace place = opening.open(settings, Optional.ofNullable(config), dryRun)) {
            ImportPlan plan = new ImportPlan(content, cipher, place.target(), place::ownerOf, clock.instant());
            plan.requireKeyFits();
            ImportTally tally =
                    dryRun ? Importer.rehearse(plan) : new Importer(place.target()).run(plan, this::progress);
            new ImportReport(tally, plan.owners(), dryRun).print(out);
            return tally.worthAnotherRun() ? ExitCode.INCOMPLETE : ExitCode.DONE;
        }
    }

    private void progress(long taken) {
        if (taken % PROGRESS == 0) {
            err.println("sms operator: " + taken + " taken over");
        }
    }

    private static String why(IOException failure) {
        return switch (failure) {
            case NoSuchFileException ignored -> "there is no such file";
            case AccessDeniedException ignored -> "this user may not";
            case CharacterCodingException ignored -> "it is no text in UTF-8";
            default -> failure.getClass().getSimpleName();
        };
    }

    private LegacyCipher cipher() throws LegacyUnreadable {
        requireFile(key);
        byte[] content = new byte[0];
        try (InputStream in = Files.newInputStream(key)) {
            content = in.readNBytes(LARGEST_KEY_FILE);
            return LegacyCipher.of(content);
        } catch (IOException e) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.UNAVAILABLE,
                    "the key file " + key + " cannot be read (" + why(e) + "); check --key");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** A device or a pipe has no end, and a script without one is read for ever. */
    private static void requireFile(Path file) throws LegacyUnreadable {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.UNAVAILABLE, file + " is no regular file; name the file itself");
        }
    }

    private LegacyContent content() throws LegacyUnreadable {
        requireFile(database);
        try {
            if (isDatabaseFile()) {
                return LegacyFile.read(database);
            }
            try (BufferedReader script = new BufferedReader(new java.io.InputStreamReader(
                    Files.newInputStream(database),
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))) {
                return LegacyScript.read(script);
            }
        } catch (IOException e) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.UNAVAILABLE,
                    "the database " + database + " cannot be read (" + why(e) + "); check --database");
        }
    }

    private boolean isDatabaseFile() throws IOException {
        try (InputStream in = Files.newInputStream(database)) {
            return Arrays.equals(in.readNBytes(H2_FILE.length), H2_FILE);
        }
    }
}
