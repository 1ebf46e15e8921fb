package io.attested.sms.worker.cli;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.secret.SmsClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a secret's value comes from: a file or standard input. */
final class SecretInput {
    @Option(names = "--value-file", paramLabel = "FILE", description = "File that holds the value.")
    private @Nullable Path file;

    @Option(names = "--stdin", description = "Read the value from standard input, up to its end.")
    private boolean stdin;

    @Option(names = "--exact", description = "Take every byte. Without it one line break at the end is left out.")
    private boolean exact;

    SecretBytes value(Console console) throws Failure, IOException {
        if ((file != null) == stdin) {
            throw Failure.usage("the value comes either from --value-file FILE or from --stdin; give one of the two");
        }
        SecretBytes raw =
                file != null ? read(file, SmsClient.MAX_VALUE + 2) : read(console.in(), SmsClient.MAX_VALUE + 2);
        SecretBytes value = exact ? raw : withoutLineBreak(raw);
        if (value.length() == 0) {
            throw Failure.refused("the value is empty; the service stores values of 1 to 4096 bytes");
        }
        if (value.length() > SmsClient.MAX_VALUE) {
            throw Failure.refused("the value has more than 4096 bytes, which the service does not store");
        }
        return value;
    }

    static SecretBytes read(Path file, int atMost) throws IOException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, atMost);
        }
    }

    /** Reading a folder fails with words that name no path. */
    static void requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; a file is expected");
        }
    }

    private static SecretBytes read(InputStream in, int atMost) throws IOException {
        return SecretBytes.owning(in.readNBytes(atMost + 1));
    }

    private static SecretBytes withoutLineBreak(SecretBytes value) {
        byte[] raw = value.copy(RawSecretAccess.to("drop a line break"));
        int end = raw.length;
        if (end > 0 && raw[end - 1] == '\n') {
            end--;
            if (end > 0 && raw[end - 1] == '\r') {
                end--;
            }
        }
        SecretBytes trimmed = SecretBytes.owning(Arrays.copyOf(raw, end));
        Arrays.fill(raw, (byte) 0);
        value.close();
        return trimmed;
    }
}
