package io.attested.sms.worker.cli;

import io.attested.sms.worker.verify.CappedFile;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the files of the evidence commands whole or not at all. */
final class EvidenceFile {
    private EvidenceFile() {}

    /**
     * Everything in the file.
     *
     * @param what it should be, for the message
     * @param max number of bytes that the largest of its kind has
     */
    static byte[] read(Path file, String what, int max) throws Failure, IOException {
        byte[] content = CappedFile.read(file, max + 1);
        if (content.length > max) {
            throw Failure.refused(
                    file + " is no " + what + ": it has more than " + max + " bytes; is it the right file?");
        }
        return content;
    }
}
