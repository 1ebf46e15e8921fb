package io.attested.sms.boot;

import io.attested.sms.operate.admin.ApiKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** The file that {@code sms.admin.api-key-file} names, under the rules of the root key's file. */
final class AdminKeyFile {
    private static final String SETTING = "sms.admin.api-key-file";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private AdminKeyFile() {}

    /** @throws StartRefused when it is a link or no file, belongs to somebody else, is open to others, or holds no key */
    static ApiKey read(Path file, long ownUser) {
        try {
            requireSafe(file, ownUser);
            byte[] content = content(file);
            try {
                return ApiKey.of(content);
            } catch (IllegalArgumentException e) {
                throw new StartRefused(SETTING + " names a file that holds no key: " + e.getMessage());
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        } catch (IOException e) {
            throw new StartRefused(SETTING + " names a file that cannot be read: " + file);
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Channels.newInputStream(
                FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            return in.readNBytes(ApiKey.LONGEST + 3);
        }
    }

    private static void requireSafe(Path file, long ownUser) throws IOException {
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new StartRefused(SETTING + " names a link or something that is no regular file: " + file);
        }
        long user = ((Number) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
        if (user != ownUser) {
            throw new StartRefused(SETTING + " names a file of user " + user + ", expected the service's own user "
                    + ownUser + "; change its owner if you trust it: " + file);
        }
        if (!OWNER_ONLY.containsAll(found.permissions())) {
            throw new StartRefused(SETTING + " names a file with permissions "
                    + PosixFilePermissions.toString(found.permissions())
                    + ", expected rw------- at most; make a new key, who read the old one is unknown: " + file);
        }
    }
}
