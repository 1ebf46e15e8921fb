package io.attested.sms.worker.app;

import io.attested.sms.worker.ethereum.Bytes32;
import java.nio.charset.StandardCharsets;

/**
 * One entry of an application's tree, as it stands in the manifest.
 *
 * @param kind what it is
 * @param path relative to the root, {@code /} separators
 * @param mode permission bits, 0 to 07777
 * @param size bytes of a file or of a link's target, 0 for a directory
 * @param hash SHA-256 of a file's content or of a link's target, zeros for a directory
 */
record TreeEntry(Kind kind, String path, int mode, long size, Bytes32 hash) {
    static final Bytes32 NO_CONTENT = Bytes32.of(new byte[Bytes32.LENGTH]);

    byte[] pathBytes() {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    enum Kind {
        DIRECTORY('d'),
        FILE('f'),
        LINK('l');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        char mark() {
            return mark;
        }
    }
}
