package io.attested.sms.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path absolute
 * @param text Markdown
 */
record Page(Path path, String text) {
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^(#{1,6}) (.+)$", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

    /** A link: the text shown and where it leads. */
    record Link(String text, String target) {}

    /** The folder that holds the launcher and the pages. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/README.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("run the tests inside the repository: docs/README.md is nowhere above");
            }
            folder = parent;
        }
        return folder;
    }

    /** A page by its path from the root. */
    static Page of(String path) {
        return at(root().resolve(path));
    }

    private static Page at(Path file) {
        return new Page(file, read(file));
    }

    /** README, changelog and everything under {@code docs}. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(root().resolve("docs"))) {
            List<Page> pages =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".md"))
                            .sorted()
                            .map(Page::at)
                            .toList());
            pages.add(of("README.md"));
            pages.add(of("CHANGELOG.md"));
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All links outside code blocks, in order. */
    List<Link> links() {
        Matcher matcher = LINK.matcher(FENCED.matcher(text).replaceAll(""));
        List<Link> links = new ArrayList<>();
        while (matcher.find()) {
            links.add(new Link(matcher.group(1), matcher.group(2)));
        }
        return links;
    }

    /** The contents of code blocks. */
    List<String> codeBlocks() {
        return FENCED.matcher(text).results().map(found -> found.group()).toList();
    }

    /** Anchors of the headings, as Git hosts make them. */
    List<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(found -> found.group(2)
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The sections of a level, by heading, each up to the next heading of that level or above. */
    Map<String, Page> sections(int level) {
        Map<String, Page> sections = new LinkedHashMap<>();
        Pattern section = Pattern.compile("(?ms)^#{" + level + "} ([^\\n]+)\\n(.*?)(?=^#{1," + level + "} |\\z)");
        section.matcher(text).results().forEach(found -> sections.put(found.group(1), new Page(path, found.group(2))));
        return sections;
    }

    /** The section of this heading at level 2. */
    Page section(String heading) {
        Page found = sections(2).get(heading);
        if (found == null) {
            throw new AssertionError(path + " has no section \"" + heading + "\"");
        }
        return found;
    }

    /** The rows of the tables, without heads; code marks are left out. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        boolean inBody = false;
        for (String line : text.lines().toList()) {
            if (!line.startsWith("|")) {
                inBody = false;
            } else if (line.matches("[|: -]+")) {
                inBody = true;
            } else if (inBody) {
                rows.add(cells(line));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }

    /** The first cells of the tables' rows. */
    List<String> firstCells() {
        return rows().stream().map(List::getFirst).toList();
    }

    /** First cell to second, of every row. */
    Map<String, String> firstToSecond() {
        Map<String, String> columns = new LinkedHashMap<>();
        rows().forEach(row -> columns.put(row.get(0), row.get(1)));
        return columns;
    }

    @Override
    public String toString() {
        return root().relativize(path).toString();
    }
}
