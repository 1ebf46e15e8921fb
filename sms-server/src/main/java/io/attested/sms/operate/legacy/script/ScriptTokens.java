package io.attested.sms.operate.legacy.script;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * The words of a script that H2's {@code SCRIPT} command wrote: quoted names, strings with and without Unicode escapes,
 * numbers, key words and punctuation. Comments are left out.
 */
final class ScriptTokens {
    private static final int LONGEST = 1 << 20;

    private final PushbackReader in;

    ScriptTokens(Reader in) {
        this.in = new PushbackReader(in, 2);
    }

    enum Kind {
        /** {@code "name"}. */
        NAME,
        /** {@code 'text'} or {@code U&'text'}. */
        STRING,
        /** Letters, digits, dots, signs. */
        WORD,
        /** One other character. */
        SIGN,
        END
    }

    /** A token; {@code text} is without quotes and escapes. */
    record Token(Kind kind, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    Token next() throws IOException {
        int c = skipBlanks();
        if (c < 0) {
            return new Token(Kind.END, "");
        }
        return switch (c) {
            case '"' -> new Token(Kind.NAME, quoted('"'));
            case '\'' -> new Token(Kind.STRING, quoted('\''));
            default -> isWordPart(c) ? word(c) : new Token(Kind.SIGN, Character.toString(c));
        };
    }

    private Token word(int first) throws IOException {
        StringBuilder word = new StringBuilder().append((char) first);
        int c = in.read();
        while (isWordPart(c)) {
            word.append((char) c);
            limit(word);
            c = in.read();
        }
        if (c == '&' && (word.toString().equals("U") || word.toString().equals("u"))) {
            int quote = in.read();
            if (quote == '\'') {
                return new Token(Kind.STRING, unescaped(quoted('\'')));
            }
            unread(quote);
        }
        unread(c);
        return new Token(Kind.WORD, word.toString());
    }

    private static boolean isWordPart(int c) {
        return c >= 0 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+');
    }

    private String quoted(char quote) throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the script ends inside quotes");
            }
            if (c == quote) {
                int next = in.read();
                if (next != quote) {
                    unread(next);
                    return text.toString();
                }
            }
            text.append((char) c);
            limit(text);
        }
    }

    /** {@code \XXXX}, {@code \+XXXXXX} and {@code \\}. */
    private static String unescaped(String text) throws IOException {
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                i++;
            } else if (text.startsWith("\\\\", i)) {
                plain.append('\\');
                i += 2;
            } else {
                boolean longForm = text.startsWith("\\+", i);
                int from = i + (longForm ? 2 : 1);
                int to = from + (longForm ? 6 : 4);
                plain.append(codePoint(text, from, to));
                i = to;
            }
        }
        return plain.toString();
    }

    private static String codePoint(String text, int from, int to) throws IOException {
        if (to > text.length() || !text.substring(from, to).matches("[0-9a-fA-F]+")) {
            throw new IOException("a string of the script holds an escape that is none");
        }
        int value = Integer.parseInt(text.substring(from, to), 16);
        if (!Character.isValidCodePoint(value)) {
            throw new IOException("a string of the script holds an escape that is none");
        }
        return Character.toString(value);
    }

    private int skipBlanks() throws IOException {
        int c = in.read();
        while (true) {
            if (c == '-') {
                int next = in.read();
                if (next != '-') {
                    unread(next);
                    return c;
                }
                c = skipLine();
            } else if (c >= 0 && Character.isWhitespace(c)) {
                c = in.read();
            } else {
                return c;
            }
        }
    }

    private int skipLine() throws IOException {
        int c = in.read();
        while (c >= 0 && c != '\n') {
            c = in.read();
        }
        return c;
    }

    private void unread(int c) throws IOException {
        if (c >= 0) {
            in.unread(c);
        }
    }

    private static void limit(StringBuilder text) throws IOException {
        if (text.length() > LONGEST) {
            throw new IOException("the script holds a word of more than a million characters");
        }
    }
}
