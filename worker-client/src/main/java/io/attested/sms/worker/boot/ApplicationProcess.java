package io.attested.sms.worker.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The application as an operating system process.
 *
 * <p>It gets this command line, this environment and this working directory and nothing of the boot stage's own; its standard
 * input is empty. What it prints goes to the two streams.
 *
 * @param commandLine the program's absolute path and its arguments
 * @param environment all of it
 * @param workingDirectory where it starts
 */
record ApplicationProcess(List<String> commandLine, Map<String, String> environment, Path workingDirectory) {
    /**
     * Whether the application would get exactly the UTF-8 bytes of every text.
     *
     * <p>Java hands texts to a process in the locale's charset, and the host decides the locale.
     *
     * @param locale the charset of {@code sun.jnu.encoding}
     */
    boolean survives(Charset locale) {
        return Stream.concat(
                        commandLine.stream(),
                        environment.entrySet().stream().map(variable -> variable.getKey() + "=" + variable.getValue()))
                .allMatch(text -> Arrays.equals(text.getBytes(locale), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Starts it and waits for its end; its exit code. */
    int run(OutputStream out, OutputStream err) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(commandLine)
                .directory(workingDirectory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread stdout = pump(process.getInputStream(), out);
        Thread stderr = pump(process.getErrorStream(), err);
        try {
            int exitCode = process.waitFor();
            stdout.join();
            stderr.join();
            return exitCode;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Thread pump(InputStream from, OutputStream to) {
        return Thread.ofPlatform().daemon().start(() -> {
            try (from) {
                from.transferTo(to);
                to.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the application's output could not be passed on", e);
            }
        });
    }

    @Override
    public String toString() {
        return "ApplicationProcess[" + commandLine.size() + " words, " + environment.size() + " variables]";
    }
}
