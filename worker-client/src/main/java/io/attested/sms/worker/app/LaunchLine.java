package io.attested.sms.worker.app;

import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.util.List;
import java.util.Set;

/**
 * How an application is started: its program and the arguments it always gets.
 *
 * <p>Written as {@code sms-launch.json} at the root of the tree: {@code {"program":"bin/app","arguments":["--quiet"]}}. The
 * arguments may be absent. A program is a path relative to the tree's root with {@code /} separators and without empty,
 * {@code .} and {@code ..} parts, which names a file or link of the tree; or an absolute path such as an interpreter's. An
 * absolute path is outside the tree: only the enclave's own measurement covers it.
 *
 * @param program the program's path
 * @param arguments the fixed arguments
 */
public record LaunchLine(String program, List<String> arguments) {
    /** Name of the file at the tree's root. */
    public static final String FILE = "sms-launch.json";

    /** Largest accepted file in bytes. */
    public static final int MAX_LENGTH = 65_536;

    private static final Set<String> MEMBERS = Set.of("program", "arguments");

    /** Copies the arguments. */
    public LaunchLine {
        arguments = List.copyOf(arguments);
    }

    /** Reads the file's bytes. */
    static LaunchLine parse(byte[] json) throws MalformedJsonException {
        if (json.length > MAX_LENGTH) {
            throw new MalformedJsonException(FILE + " has more than " + MAX_LENGTH + " bytes");
        }
        StrictJson object = StrictJson.parse(FILE, json, MEMBERS);
        LaunchLine line =
                new LaunchLine(object.text("program"), object.has("arguments") ? object.texts("arguments") : List.of());
        line.check();
        return line;
    }

    /** Whether the program stands outside the tree. */
    boolean isAbsolute() {
        return program.startsWith("/");
    }

    private void check() throws MalformedJsonException {
        String path = isAbsolute() ? program.substring(1) : program;
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new MalformedJsonException(FILE + ": \"program\" must be a path relative to the tree or an "
                        + "absolute path, without empty, \".\" and \"..\" parts");
            }
        }
        for (String text : arguments) {
            refuseUnusable(text);
        }
        refuseUnusable(program);
    }

    private static void refuseUnusable(String text) throws MalformedJsonException {
        if (text.indexOf('\0') >= 0 || !isUnicode(text)) {
            throw new MalformedJsonException(
                    FILE + ": no text may contain the character U+0000 or half a surrogate pair");
        }
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
