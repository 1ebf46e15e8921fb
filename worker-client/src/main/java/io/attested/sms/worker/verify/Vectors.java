package io.attested.sms.worker.verify;

import io.attested.sms.worker.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
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
    /**
     * What is below the folder.
     *
     * @param folders the vectors' folders, sorted
     * @param links symbolic links to folders, or to what a vector is recognised by, which are not followed
     */
    public record Found(List<Path> folders, List<Path> links) {}

    /** The vectors' folders, sorted; see {@link #find}. */
    public List<Path> folders() throws IOException {
        return find().folders();
    }

    /** Looks for vectors. The root itself may be a symbolic link, what is below it may not. */
    public Found find() throws IOException {
        Path start = start();
        try (Stream<Path> files = Files.walk(start)) {
            List<Path> all = files.sorted().toList();
            return new Found(
                    all.stream()
                            .filter(file -> file.endsWith(Expectation.FILE)
                                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .flatMap(file -> Stream.ofNullable(file.getParent()))
                            .toList(),
                    all.stream()
                            .filter(file -> Files.isSymbolicLink(file)
                                    && (Files.isDirectory(file) || file.endsWith(Expectation.FILE)))
                            .toList());
        }
    }

    private Path start() throws IOException {
        return root.toRealPath();
    }

    /** Judges one vector, then compares. */
    public VectorResult compare(Path folder) {
        String name = String.valueOf(folder.getFileName());
        try {
            name = name(folder);
            Finding finding = judge(folder, Expectation.validAt(folder));
            Expectation expectation = Expectation.read(folder);
            return new VectorResult(name, expectation.expected(), finding.shown(), expectation.differences(finding));
        } catch (IOException | MalformedJsonException | IllegalArgumentException | DateTimeException unreadable) {
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

    private String name(Path folder) throws IOException {
        Path start = start();
        Path relative = start.relativize(folder.toRealPath());
        return relative.toString().isEmpty()
                ? String.valueOf(start.getFileName())
                : relative.toString().replace('\\', '/');
    }
}
