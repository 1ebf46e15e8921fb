package io.attested.sms.bench.soak;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * All decisions of a run, one JSON object a line, in a file: kept in memory they would hide what the chain's reader keeps.
 * Safe for many threads.
 */
final class Transcript implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;

    private Transcript(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    static Transcript create() {
        try {
            Path file = Files.createTempFile("sms-chain-soak", ".jsonl");
            return new Transcript(file, Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    synchronized void add(Decision decision) {
        try {
            writer.write(JsonMapper.shared().writeValueAsString(decision));
            writer.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each decision in the order it was written. */
    synchronized void read(Consumer<Decision> reader) {
        try {
            writer.flush();
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                lines.lines()
                        .map(line -> JsonMapper.shared().readValue(line, Decision.class))
                        .forEach(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
