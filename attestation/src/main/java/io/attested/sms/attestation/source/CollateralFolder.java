package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.pki.PckAuthority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Collateral on disk, one file for each platform, in the JSON form of {@link Collateral}. The newest revocation lists
 * have files of their own: {@code root-ca.crl} in DER, {@code pck-platform.pem} and {@code pck-processor.pem} with the
 * issuer chain before the list.
 *
 * <p>A file is replaced whole: written beside, forced to disk, renamed, folder forced. What is read is checked like an
 * answer from the network; a file that fails is ignored, reported and left for a person to look at.
 */
public final class CollateralFolder {
    static final String SUFFIX = ".json";

    private static final String ROOT_LIST = "root-ca.crl";
    private static final String LIST_HEAD = "-----BEGIN X509 CRL-----\n";
    private static final String LIST_TAIL = "\n-----END X509 CRL-----\n";
    private static final String NO_LIST = "holds no revocation list that may be used now";
    private static final int PEM_LINE = 64;
    private static final int MAX_LIST_FILE = 1024 * 1024;
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
                if (name.endsWith(SUFFIX)) {
                    content(file, Collateral.MAX_JSON_LENGTH, ignored)
                            .ifPresent(
                                    bytes -> contents.put(name.substring(0, name.length() - SUFFIX.length()), bytes));
                }
            }
        }
        return contents;
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
            Optional<byte[]> json = content(file, Collateral.MAX_JSON_LENGTH, events::ignored);
            if (json.isEmpty()) {
                return;
            }
            switch (Collateral.parse(json.get())) {
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

    private static Optional<byte[]> content(Path file, int most, BiConsumer<String, String> ignored)
            throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= most) {
            return Optional.of(Files.readAllBytes(file));
        }
        ignored.accept(String.valueOf(file.getFileName()), "no regular file of at most " + most + " bytes");
        return Optional.empty();
    }

    private Optional<byte[]> listFile(String name, CollateralEvents events) {
        Path file = path.resolve(name);
        try {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? content(file, MAX_LIST_FILE, events::ignored)
                    : Optional.empty();
        } catch (IOException e) {
            events.ignored(name, "cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The root's list, if there is one that holds now. */
    Optional<RootList> readRootList(CollateralChecks checks, JudgedAt at, CollateralEvents events) {
        Optional<byte[]> file = listFile(ROOT_LIST, events);
        Optional<RootList> list = file.flatMap(der -> checks.rootList(ByteString.copyOf(der), at));
        if (file.isPresent() && list.isEmpty()) {
            events.ignored(ROOT_LIST, NO_LIST);
        }
        return list;
    }

    /** The PCK CAs' lists that hold now under this list of the root. */
    List<AuthorityList> readAuthorityLists(
            CollateralChecks checks, Optional<RootList> root, JudgedAt at, CollateralEvents events) {
        List<AuthorityList> good = new ArrayList<>();
        for (PckAuthority authority : PckAuthority.values()) {
            Optional<byte[]> file = listFile(fileOf(authority), events);
            Optional<AuthorityList> list = file.flatMap(pem -> root.flatMap(under -> list(pem, checks, under, at)))
                    .filter(read -> read.authority() == authority);
            list.ifPresent(good::add);
            if (file.isPresent() && list.isEmpty()) {
                events.ignored(fileOf(authority), NO_LIST);
            }
        }
        return good;
    }

    private static Optional<AuthorityList> list(byte[] pem, CollateralChecks checks, RootList root, JudgedAt at) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int head = text.indexOf(LIST_HEAD);
        if (head < 0 || !text.endsWith(LIST_TAIL)) {
            return Optional.empty();
        }
        try {
            String body = text.substring(head + LIST_HEAD.length(), text.length() - LIST_TAIL.length());
            ByteString der = ByteString.copyOf(Base64.getMimeDecoder().decode(body));
            return checks.authorityList(text.substring(0, head), der, root, at);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }

    private static String fileOf(PckAuthority authority) {
        return "pck-" + authority.word() + ".pem";
    }

    /** Replaces the root's list. */
    void write(RootList list) throws IOException {
        replace(ROOT_LIST, list.der().toByteArray());
    }

    /** Replaces a PCK CA's list. */
    void write(AuthorityList list) throws IOException {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'})
                .encodeToString(list.der().toByteArray());
        // A chain that does not end its last line would run into the list's first.
        String chain = list.issuerChain().endsWith("\n") ? list.issuerChain() : list.issuerChain() + "\n";
        String text = chain + LIST_HEAD + body + LIST_TAIL;
        replace(fileOf(list.authority()), text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Replaces the platform's file; returns when it is on disk. */
    void write(CheckedCollateral checked) throws IOException {
        write(checked.key().toString(), checked.collateral().toJson());
    }

    /** Replaces the file of this name, without suffix; returns when it is on disk. */
    void write(String name, byte[] content) throws IOException {
        replace(name + SUFFIX, content);
    }

    private void replace(String name, byte[] bytes) throws IOException {
        Path target = path.resolve(name);
        Path beside = path.resolve(name + ".new");
        Files.deleteIfExists(beside);
        try (FileChannel file = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNERS_FILE))) {
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                file.write(content);
            }
            file.force(true);
        }
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
