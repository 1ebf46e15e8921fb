package io.attested.sms.worker.evidence.tdx;

import java.io.IOException;
import java.nio.file.Path;

/** The few things done with a kernel's pseudo-files; each of them has effects that ordinary files do not have. */
interface KernelFiles {
    /** Everything the file gives, at most {@code max} bytes; more is an error. */
    byte[] read(Path file, int max) throws IOException;

    /** Opens an existing file for writing only, writes once and closes: some files take what was written only then. */
    void write(Path file, byte[] content) throws IOException;

    /** Makes a folder; in configfs the kernel fills it. */
    void makeFolder(Path folder) throws IOException;

    /** Removes a folder; in configfs with what the kernel put there. */
    void removeFolder(Path folder) throws IOException;
}
