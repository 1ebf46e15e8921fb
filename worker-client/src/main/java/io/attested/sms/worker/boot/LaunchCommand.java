package io.attested.sms.worker.boot;

import io.attested.sms.worker.app.LaunchLine;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the program and puts its arguments together, native protocol section 1, "What the application gets". */
final class LaunchCommand {
    /** Where programs are looked for; also the application's PATH. */
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private LaunchCommand() {}

    /** Absolute path of the program, fixed arguments, then the deal's. */
    static List<String> of(TrustedLaunch launch, EnvelopeContent content, Path application) throws RefusedException {
        List<String> words = new ArrayList<>(
                switch (launch) {
                    case TrustedLaunch.BoundByConfigId bound -> ofLaunchLine(bound.launchLine(), application);
                    case TrustedLaunch.BoundByRegister bound -> ofLaunchLine(bound.launchLine(), application);
                    case TrustedLaunch.CoveredByMeasurement covered ->
                        ofEntrypoint(entrypoint(covered, content), application);
                });
        words.addAll(split(content.arguments(), "the deal's arguments"));
        return List.copyOf(words);
    }

    private static List<String> ofLaunchLine(LaunchLine line, Path application) throws RefusedException {
        List<String> words = new ArrayList<>();
        words.add(inside(application, line.program()).toString());
        words.addAll(line.arguments());
        return words;
    }

    private static String entrypoint(TrustedLaunch.CoveredByMeasurement covered, EnvelopeContent content)
            throws RefusedException {
        // Whoever registers an app with the same measurement writes an entrypoint of his own: compared, never used.
        if (content.entrypoint()
                .filter(registered -> !registered.equals(covered.entrypoint()))
                .isPresent()) {
            throw new RefusedException(
                    RefusalCode.CANNOT_START,
                    "the registered entrypoint is another than the one the enclave's measurement covers");
        }
        return covered.entrypoint();
    }

    private static List<String> ofEntrypoint(String entrypoint, Path application) throws RefusedException {
        List<String> words = new ArrayList<>(split(entrypoint, "the entrypoint"));
        if (words.isEmpty()) {
            throw new RefusedException(RefusalCode.CANNOT_START, "the entrypoint is empty");
        }
        String program = words.get(0);
        words.set(
                0,
                program.contains("/")
                        ? inside(application, program).toString()
                        : onPath(program).toString());
        return words;
    }

    private static Path inside(Path application, String program) throws RefusedException {
        try {
            return application.resolve(program).normalize();
        } catch (InvalidPathException e) {
            throw new RefusedException(
                    RefusalCode.CANNOT_START, "the program's name cannot be used as a path in this locale");
        }
    }

    // ProcessBuilder would search the host's PATH.
    private static Path onPath(String program) throws RefusedException {
        for (String directory : PATH.split(":", -1)) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new RefusedException(
                RefusalCode.CANNOT_START, "the program " + program + " is in none of the directories " + PATH);
    }

    private static List<String> split(String text, String what) throws RefusedException {
        return CommandWords.split(text)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.MALFORMED_ARGUMENTS,
                        what + " cannot be split into words: a quote is left open, a backslash stands at the end, or "
                                + "there is a character U+0000"));
    }
}
