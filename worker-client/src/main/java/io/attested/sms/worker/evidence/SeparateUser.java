package io.attested.sms.worker.evidence;

import java.nio.file.Path;
import java.util.List;

/**
 * The user an application runs as where it shares an operating system with its boot stage.
 *
 * <p>A process may read the memory of every other of its user ({@code ptrace(2)}, {@code /proc/PID/mem}), and the boot stage's
 * has held the dataset's key. Another user without capabilities may not. {@code setpriv} of util-linux changes the user; it
 * passes arguments and environment on as they are.
 *
 * @param setpriv the program's path
 * @param id user and group
 */
public record SeparateUser(Path setpriv, int id) {
    /** In a trust domain. The number lies where systemd gives none to persons, services or containers. */
    public static final SeparateUser OF_TRUST_DOMAIN = new SeparateUser(Path.of("/usr/bin/setpriv"), 61_000);

    /** What stands before the application's command line. */
    public List<String> command() {
        return List.of(
                setpriv.toString(),
                "--reuid=" + id,
                "--regid=" + id,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--");
    }
}
