package io.attested.sms.worker.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a text into words without a shell.
 *
 * <p>White space separates words. Between single quotes every character stands for itself. Between double quotes too, but a
 * backslash before {@code "} or {@code \} takes the next character as it is. Outside quotes a backslash takes the next
 * character as it is. Quotes may stand anywhere in a word; {@code ''} and {@code ""} make an empty word. Nothing is expanded:
 * no variables, patterns, substitutions, separators. A quote left open, a backslash at the end and U+0000 are errors.
 */
final class CommandWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private CommandWords(String text) {
        this.text = text;
    }

    /** The words, or nothing when the text breaks a rule. */
    static Optional<List<String>> split(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        CommandWords splitter = new CommandWords(text);
        return splitter.run() ? Optional.of(List.copyOf(splitter.words)) : Optional.empty();
    }

    private boolean run() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (Character.isWhitespace(c)) {
                endWord();
            } else if (!append(c)) {
                return false;
            }
        }
        endWord();
        return true;
    }

    private boolean append(char c) {
        inWord = true;
        return switch (c) {
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            default -> {
                word.append(c);
                yield true;
            }
        };
    }

    private boolean singleQuoted() {
        int end = text.indexOf('\'', position);
        if (end < 0) {
            return false;
        }
        word.append(text, position, end);
        position = end + 1;
        return true;
    }

    private boolean doubleQuoted() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return true;
            }
            boolean escape = c == '\\' && position < text.length() && "\"\\".indexOf(text.charAt(position)) >= 0;
            word.append(escape ? text.charAt(position++) : c);
        }
        return false;
    }

    private boolean escaped() {
        if (position == text.length()) {
            return false;
        }
        word.append(text.charAt(position++));
        return true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
