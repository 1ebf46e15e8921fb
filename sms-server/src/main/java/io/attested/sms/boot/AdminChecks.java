package io.attested.sms.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Rules between the settings of the admin API and the others, before anything is opened. */
final class AdminChecks {
    private AdminChecks() {}

    /**
     * Checks the place and the port. Names of files below the storage location come from whoever holds the API key.
     *
     * @throws StartRefused when the store or its root key lies there, or the port is none
     */
    static void check(AdminSettings admin, SmsSettings settings) {
        checkPort(admin);
        Optional<Path> location = Optional.ofNullable(admin.storageLocation());
        location.filter(place -> isWithin(settings.store().folder(), place)).ifPresent(place -> {
            throw new StartRefused("sms.store.folder lies in sms.admin.storage-location, where backups are written and"
                    + " deleted by name; move one of them");
        });
        location.filter(place -> isWithin(StoreStart.rootKeyFile(settings), place))
                .ifPresent(place -> {
                    throw new StartRefused("the root key file lies in sms.admin.storage-location, beside the backups"
                            + " that only it opens; set sms.store.root-key-file or move one of them");
                });
    }

    private static void checkPort(AdminSettings admin) {
        admin.onlyPort().ifPresent(port -> {
            if (port < 1 || port > 65_535) {
                throw new StartRefused("sms.admin.port is " + port + ", expected 1 to 65535");
            }
        });
        if (admin.address() != null && admin.onlyPort().isEmpty()) {
            throw new StartRefused(
                    "sms.admin.address is set, but sms.admin.port is not, so /admin would answer on every"
                            + " port all the same; set both or neither");
        }
    }

    private static boolean isWithin(Path inner, Path outer) {
        return real(inner).startsWith(real(outer));
    }

    /** With links resolved as far as there is something. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path above = absolute;
        while (above.getParent() != null && !Files.exists(above)) {
            above = above.getParent();
        }
        try {
            return above.toRealPath().resolve(above.relativize(absolute));
        } catch (IOException gone) {
            return absolute;
        }
    }
}
