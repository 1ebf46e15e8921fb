package io.attested.sms.worker.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads an application's tree, once, and copies it at the same time if asked to.
 *
 * <p>Guarantee of the copy: the entries returned describe the bytes, modes and targets written, not those of a second look
 * at the source; what changes in the source meanwhile or later is either in both or in neither. Not guaranteed: that the
 * source ever had exactly this content at one instant.
 */
public final class ApplicationTree {
    private ApplicationTree() {}

    /**
     * Measures a tree where it is.
     *
     * @throws IOException when it cannot be read
     */
    public static TreeOutcome measure(Path root) throws IOException {
        return read(root, Optional.empty());
    }

    /**
     * Copies a tree into an existing empty directory and measures the copy while it is written.
     *
     * @throws IOException when the source cannot be read or the copy cannot be written
     */
    public static TreeOutcome copy(Path root, Path into) throws IOException {
        return read(root, Optional.of(into));
    }

    private static TreeOutcome read(Path root, Optional<Path> into) throws IOException {
        try {
            return new TreeOutcome.Measured(new TreeReader(into).read(root));
        } catch (TreeReader.RefusedEntryException e) {
            return new TreeOutcome.Unmeasurable(e.refusal());
        }
    }
}
