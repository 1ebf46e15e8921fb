package io.attested.sms.worker.cli;

import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.release.Authorization;
import io.attested.sms.worker.release.SignedAsk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the small JSON files of the task commands. */
final class TaskFiles {
    private static final int MAX_LENGTH = 65_536;

    private TaskFiles() {}

    static Authorization authorization(Path file) throws Failure, IOException {
        try {
            return Authorization.parse(read(file));
        } catch (MalformedJsonException e) {
            throw Failure.usage(file + ": " + e.getMessage());
        }
    }

    static SignedAsk signedAsk(Path file) throws Failure, IOException {
        try {
            return SignedAsk.parse(read(file));
        } catch (MalformedJsonException e) {
            throw Failure.usage(file + ": " + e.getMessage());
        }
    }

    /** Checked by the service; here only its size. */
    static byte[] collateral(Path file) throws Failure, IOException {
        return read(file);
    }

    private static byte[] read(Path file) throws Failure, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                throw Failure.usage(file + " has more than 64 KiB; is it the right file?");
            }
            return bytes;
        }
    }
}
