package io.attested.sms.bench.demo;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes the story down, as a table or as one JSON object a line, and keeps count of what held. */
final class StepLog {
    private static final int STEP_WIDTH = 55;
    private static final int DETAIL_WIDTH = 68;
    private static final int MARK_WIDTH = 11;
    private static final int ROW_WIDTH = 2 + MARK_WIDTH + STEP_WIDTH + DETAIL_WIDTH;

    private final PrintStream out;
    private final boolean json;
    private final boolean colour;
    private final boolean narrow;
    private int granted;
    private int refused;
    private int broken;

    /** @param columns of the terminal; where a row does not fit, its words go on below */
    StepLog(PrintStream out, boolean json, boolean colour, int columns) {
        this.out = out;
        this.json = json;
        this.colour = colour;
        this.narrow = columns < ROW_WIDTH;
    }

    /** A heading of the table. */
    synchronized void scene(String title) {
        if (!json) {
            out.println();
            out.println(paint("1", "  " + title));
        }
    }

    /** A line of the table only. */
    synchronized void note(String text) {
        if (!json) {
            out.println("  " + text);
        }
    }

    /** Something was set up. */
    synchronized void ok(String step, String detail) {
        line(step, "ok", "", detail, true);
    }

    /** Something that had to hold did not. */
    synchronized void failed(String step, String detail) {
        broken++;
        line(step, "failed", "", detail, false);
    }

    /** A try that has to be granted. */
    synchronized void expectGranted(String step, Attempt attempt) {
        tell(step, attempt, attempt instanceof Attempt.Granted, "expected a grant: ");
    }

    /** A try that has to be refused with exactly this code. */
    synchronized void expectRefused(String step, String code, Attempt attempt) {
        boolean held = attempt instanceof Attempt.Refused(String seen, String ignored) && seen.equals(code);
        tell(step, attempt, held, "expected " + code + ": ");
    }

    private void tell(String step, Attempt attempt, boolean held, String expectation) {
        String prefix = held ? "" : expectation;
        if (!held) {
            broken++;
        }
        switch (attempt) {
            case Attempt.Granted(String detail) -> {
                granted++;
                line(step, "granted", "", prefix + detail, held);
            }
            case Attempt.Refused(String code, String detail) -> {
                refused++;
                line(step, "refused", code, prefix + detail, held);
            }
            case Attempt.Broken(String detail) -> line(step, "failed", "", prefix + detail, false);
        }
    }

    private void line(String step, String outcome, String code, String detail, boolean held) {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("step", step.strip());
            line.put("outcome", outcome);
            line.put("code", code);
            line.put("detail", detail);
            out.println(JsonMapper.shared().writeValueAsString(line));
            return;
        }
        String mark = held ? mark(outcome) : paint("31;1", "✗ " + outcome);
        String words = code.isEmpty() ? shortened(detail) : paint("33", code);
        String start = "  " + padded(mark, outcome.length() + 2, MARK_WIDTH);
        String between = narrow ? step + "\n" + " ".repeat(MARK_WIDTH + 1) : padded(step, step.length(), STEP_WIDTH);
        out.println(start + between + words + (held || code.isEmpty() ? "" : "  " + detail));
    }

    private String mark(String outcome) {
        return switch (outcome) {
            case "granted" -> paint("32", "● granted");
            case "refused" -> paint("33", "○ refused");
            default -> paint("36", "· " + outcome);
        };
    }

    private static String padded(String text, int visible, int width) {
        return text + " ".repeat(Math.max(1, width - visible));
    }

    private static String shortened(String text) {
        return text.length() <= DETAIL_WIDTH ? text : text.substring(0, DETAIL_WIDTH - 1) + "…";
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The last line; whether all of it held. */
    synchronized boolean close() {
        boolean passed = broken == 0;
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("demo", passed ? "passed" : "failed");
            line.put("granted", granted);
            line.put("refused", refused);
            out.println(JsonMapper.shared().writeValueAsString(line));
        } else {
            out.println();
            out.println("  " + (passed ? paint("32;1", "passed") : paint("31;1", "failed")) + ": " + granted
                    + " granted, " + refused + " refused"
                    + (passed ? ", each as it has to be." : ", " + broken + " not as it has to be."));
        }
        return passed;
    }
}
