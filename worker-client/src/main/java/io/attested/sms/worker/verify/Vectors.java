package io.attested.sms.worker.verify;

import io.attested.sms.worker.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of recorded evidence with recorded outcomes: every folder in it, at any depth and itself included, that holds
 * an {@code expected.json} is one vector.
 *
 * @param root the folder
 */
public record Vectors(Path root) {
    /** The vectors' folders, sorted. Links are not followed. */
    public List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith(Expectation.FILE) && Files.isRegularFile(file))
                    .map(file -> file.toAbsolutePath().normalize())
                    .flatMap(file -> Stream.ofNullable(file.getParent()))
                    .sorted()
                    .toList();
        }
    }

    /** Judges one vector, then compares. */
    public VectorResult compare(Path folder) {
        String name = name(folder);
        try {
            Finding finding = judge(folder, Expectation.validAt(folder));
            Expectation expectation = Expectation.read(folder);
            return new VectorResult(name, expectation.expected(), finding.shown(), expectation.differences(finding));
        } catch (IOException | MalformedJsonException | IllegalArgumentException unreadable) {
            return new VectorResult(
                    name,
                    Map.of(),
                    Map.of("outcome", "UNREADABLE"),
                    List.of("cannot be read: " + unreadable.getMessage()));
        }
    }

    /** All that is known here of what is expected is the clock. */
    private static Finding judge(Path folder, Optional<Instant> at) throws IOException {
        VectorFiles files = new VectorFiles(folder);
        Optional<EvidenceKind> kind = EvidenceKind.of(files);
        return kind.isPresent() ? kind.get().judge(files, at) : Finding.unsupported();
    }

    private String name(Path folder) {
        Path start = root.toAbsolutePath().normalize();
        Path relative = start.relativize(folder);
        return relative.toString().isEmpty()
                ? String.valueOf(start.getFileName())
                : relative.toString().replace('\\', '/');
    }
}
