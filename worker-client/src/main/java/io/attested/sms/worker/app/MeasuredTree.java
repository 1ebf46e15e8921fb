package io.attested.sms.worker.app;

import io.attested.sms.worker.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/** The entries of a tree that was read once, and the content of its launch file. */
public final class MeasuredTree {
    private final List<TreeEntry> entries;
    private final Optional<byte[]> launchFile;

    MeasuredTree(List<TreeEntry> entries, Optional<byte[]> launchFile) {
        this.entries = List.copyOf(entries);
        this.launchFile = launchFile;
    }

    /** Number of files, directories and links. */
    public int size() {
        return entries.size();
    }

    /** The manifest, or why the launch line forbids one. */
    public ManifestOutcome manifest() {
        if (launchFile.isEmpty()) {
            return refused(TreeRefusal.Reason.LAUNCH_LINE_MISSING, LaunchLine.FILE);
        }
        try {
            LaunchLine line = LaunchLine.parse(launchFile.get());
            if (!line.isAbsolute() && !holds(line.program())) {
                return refused(TreeRefusal.Reason.PROGRAM_MISSING, line.program());
            }
            return new ManifestOutcome.Made(Manifest.of(entries, line));
        } catch (MalformedJsonException e) {
            return refused(TreeRefusal.Reason.LAUNCH_LINE_MALFORMED, LaunchLine.FILE);
        }
    }

    private boolean holds(String path) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.kind() != TreeEntry.Kind.DIRECTORY && entry.path().equals(path));
    }

    private static ManifestOutcome refused(TreeRefusal.Reason reason, String where) {
        return new ManifestOutcome.Refused(new TreeRefusal(reason, where));
    }

    /** A manifest or the rule that is broken. */
    public sealed interface ManifestOutcome {
        /**
         * The manifest.
         *
         * @param manifest canonical
         */
        record Made(Manifest manifest) implements ManifestOutcome {}

        /**
         * The launch line is missing or unusable.
         *
         * @param refusal which rule
         */
        record Refused(TreeRefusal refusal) implements ManifestOutcome {}
    }
}
