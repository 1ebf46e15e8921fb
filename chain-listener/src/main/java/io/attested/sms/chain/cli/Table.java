package io.attested.sms.chain.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns aligned by spaces, in at most {@value #WIDTH} columns; what is longer goes on below in the last column. A word that
 * does not fit there, such as a hash, goes on lines of its own, so that it can be copied whole.
 */
final class Table {
    static final int WIDTH = 80;
    private static final String GAP = "  ";
    private static final int NARROWEST = 20;

    private final List<List<String>> rows = new ArrayList<>();
    private final String indent;

    Table(String indent) {
        this.indent = indent;
    }

    Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Printable::of).toList());
        return this;
    }

    /** Prints the rows, the columns but the last at least as wide as told. */
    void print(Console console, int... least) {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int i = 0; i < Math.min(least.length, widths.length - 1); i++) {
            widths[i] = Math.max(widths[i], least[i]);
        }
        rows.forEach(row -> print(console, row, widths));
    }

    private void print(Console console, List<String> row, int[] widths) {
        StringBuilder start = new StringBuilder(indent);
        for (int i = 0; i < row.size() - 1; i++) {
            String cell = row.get(i);
            start.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
        String before = start.toString();
        int longest = Arrays.stream(row.getLast().split(" |(?<=\\|)"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String below = indent + GAP;
        if (row.size() > 1 && longest > WIDTH - before.length()) {
            console.line(before);
            before = below;
        }
        for (String piece : pieces(row.getLast(), Math.max(NARROWEST, WIDTH - before.length()))) {
            console.line(before + piece);
            before = " ".repeat(before.length());
        }
    }

    private static List<String> pieces(String cell, int width) {
        List<String> pieces = new ArrayList<>();
        String rest = cell;
        while (rest.length() > width) {
            int end = breakBefore(rest, width);
            pieces.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        pieces.add(rest);
        return pieces;
    }

    /** After the last space or bar that lets the piece fit. */
    private static int breakBefore(String text, int width) {
        int space = text.lastIndexOf(' ', width);
        int bar = text.lastIndexOf('|', width - 1) + 1;
        int end = Math.max(space, bar);
        return end > 0 ? end : width;
    }
}
