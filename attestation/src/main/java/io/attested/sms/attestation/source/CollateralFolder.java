package io.attested.sms.attestation.source;

import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Collateral on disk, one file for each platform, in the JSON form of {@link Collateral}.
 *
 * <p>A file is replaced whole: written beside, forced to disk, renamed, folder forced. What is read is checked like an
 * answer from the network; a file that fails is ignored, reported and left for a person to look at.
 */
public final class CollateralFolder {
    private static final String SUFFIX = ".json";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNERS_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private CollateralFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens a folder, made with mode 0700 when it is missing.
     *
     * @throws IOException when it is no folder, a link, or open to others
     */
    public static CollateralFolder open(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException present) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(path + " is no folder", present);
            }
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (!OWNER_ONLY.containsAll(mode)) {
                throw new IOException(path + " is open to others; run chmod 700 on it", present);
            }
        }
        return new CollateralFolder(path);
    }

    /** Content of every file by its name without suffix; no file that is longer than collateral may be. */
    Map<String, byte[]> contents(BiConsumer<String, String> ignored) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX) && isReadable(file, name, ignored)) {
                    contents.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    private static boolean isReadable(Path file, String name, BiConsumer<String, String> ignored) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= Collateral.MAX_JSON_LENGTH) {
            return true;
        }
        ignored.accept(name, "no regular file of at most " + Collateral.MAX_JSON_LENGTH + " bytes");
        return false;
    }

    /** Everything that passes the checks now. */
    List<CheckedCollateral> read(CollateralChecks checks, JudgedAt at, CollateralEvents events) throws IOException {
        List<CheckedCollateral> good = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX)) {
                    read(file, name, checks, at, events, good);
                }
            }
        }
        return good;
    }

    private static void read(
            Path file,
            String name,
            CollateralChecks checks,
            JudgedAt at,
            CollateralEvents events,
            List<CheckedCollateral> good) {
        try {
            if (!isReadable(file, name, events::ignored)) {
                return;
            }
            switch (Collateral.parse(Files.readAllBytes(file))) {
                case CollateralParsing.Malformed malformed ->
                    events.ignored(name, malformed.rejection().detail());
                case CollateralParsing.Parsed parsed -> take(name, checks.check(parsed.collateral(), at), events, good);
            }
        } catch (IOException e) {
            events.ignored(name, "cannot be read: " + e.getMessage());
        }
    }

    private static void take(
            String name, CollateralVerdict verdict, CollateralEvents events, List<CheckedCollateral> good) {
        switch (verdict) {
            case CollateralVerdict.Wrong wrong ->
                events.ignored(name, wrong.rejection().detail());
            case CollateralVerdict.Good(CheckedCollateral checked) -> {
                if (name.equals(checked.key() + SUFFIX)) {
                    good.add(checked);
                } else {
                    events.ignored(name, "holds the collateral of " + checked.key());
                }
            }
        }
    }

    /** Replaces the platform's file; returns when it is on disk. */
    void write(CheckedCollateral checked) throws IOException {
        write(checked.key().toString(), checked.collateral().toJson());
    }

    /** Replaces the file of this name, without suffix; returns when it is on disk. */
    void write(String name, byte[] content) throws IOException {
        Path target = path.resolve(name + SUFFIX);
        Path beside = path.resolve(name + ".new");
        Files.deleteIfExists(beside);
        try (FileChannel file = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNERS_FILE))) {
            ByteBuffer json = ByteBuffer.wrap(content);
            while (json.hasRemaining()) {
                file.write(json);
            }
            file.force(true);
        }
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
