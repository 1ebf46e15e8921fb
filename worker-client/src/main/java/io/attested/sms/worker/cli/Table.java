package io.attested.sms.worker.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Columns aligned by spaces. Text of others is shown without what a terminal would act on. */
final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST = 16;

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all have the same number of cells. */
    Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Printable::of).toList());
        return this;
    }

    /** A row for each field; one for each element of a list. */
    Table fields(Map<String, Object> fields) {
        fields.forEach((name, value) -> {
            if (value instanceof List<?> list && !list.isEmpty()) {
                for (int i = 0; i < list.size(); i++) {
                    row(i == 0 ? name : "", String.valueOf(list.get(i)));
                }
            } else {
                row(name, value instanceof List<?> ? "none" : value.toString());
            }
        });
        return this;
    }

    /** Prints the rows, each on a line of its own; the last column is not filled up. */
    void print(Console console) {
        int[] widths = widths();
        rows.forEach(row -> console.line(line(row, widths)));
    }

    /** Prints the rows; where a line would be wider, the widest columns go on below. */
    void print(Console console, int width) {
        int[] widths = widths();
        int gaps = GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() + gaps > width
                && Arrays.stream(widths).max().orElse(0) > NARROWEST) {
            widths[widest(widths)]--;
        }
        rows.forEach(row -> wrapped(row, widths).forEach(part -> console.line(line(part, widths))));
    }

    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] > widths[widest] ? i : widest;
        }
        return widest;
    }

    private static List<List<String>> wrapped(List<String> row, int[] widths) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(pieces(row.get(i), widths[i]));
        }
        List<List<String>> lines = new ArrayList<>();
        for (int n = 0; n < cells.stream().mapToInt(List::size).max().orElse(0); n++) {
            int at = n;
            lines.add(cells.stream()
                    .map(pieces -> at < pieces.size() ? pieces.get(at) : "")
                    .toList());
        }
        return lines;
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

    /** After the last space, or else the last {@code /}, {@code -} or {@code _}, that lets the piece fit. */
    private static int breakBefore(String text, int width) {
        int space = text.lastIndexOf(' ', width);
        if (space > 0) {
            return space;
        }
        for (int i = width; i > width / 2; i--) {
            if ("/-_".indexOf(text.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return width;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(i == 0 ? "" : GAP).append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(Math.max(0, widths[i] - cell.length())));
            }
        }
        return line.toString().stripTrailing();
    }
}
