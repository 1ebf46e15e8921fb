package io.attested.sms.operate.legacy.script;

import io.attested.sms.operate.legacy.LegacyContent;
import io.attested.sms.operate.legacy.LegacyTable;
import io.attested.sms.operate.legacy.LegacyUnreadable;
import io.attested.sms.operate.legacy.script.ScriptTokens.Kind;
import io.attested.sms.operate.legacy.script.ScriptTokens.Token;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An original's {@code backup.sql}: what H2's {@code SCRIPT} wrote, contract section 6.4.
 *
 * <p>Of {@code CREATE TABLE} the order of the columns is taken, of {@code INSERT} the literal values; everything else is
 * passed over. A value that is no literal, a row with another number of values than there are columns, and a table without
 * its columns are refused: half understood is not understood.
 */
public final class LegacyScript {
    private final ScriptTokens tokens;
    private final LegacyContent content = new LegacyContent();
    private final Map<LegacyTable, List<String>> columns = new EnumMap<>(LegacyTable.class);

    private LegacyScript(Reader script) {
        this.tokens = new ScriptTokens(script);
    }

    /**
     * Reads all that is imported of it.
     *
     * @throws LegacyUnreadable when it is no such script
     */
    public static LegacyContent read(Reader script) throws LegacyUnreadable {
        try {
            LegacyScript reading = new LegacyScript(script);
            reading.statements();
            return reading.content;
        } catch (IOException e) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.NOT_AN_ORIGINALS,
                    "the script is not one the original writes: " + e.getMessage());
        }
    }

    /** The first of the original's tables that a definition as it stands in the database defines. */
    static Optional<TableDefinition> definition(String statement) throws IOException {
        LegacyScript reading = new LegacyScript(new StringReader(statement + ";"));
        Token first = reading.tokens.next();
        if (first.isWord("CREATE")) {
            reading.create();
        }
        return reading.columns.entrySet().stream()
                .findFirst()
                .map(table -> new TableDefinition(table.getKey(), table.getValue()));
    }

    private void statements() throws IOException {
        for (Token token = tokens.next(); token.kind() != Kind.END; token = tokens.next()) {
            if (token.isWord("CREATE")) {
                create();
            } else if (token.isWord("INSERT")) {
                insert();
            } else {
                skipStatement(token);
            }
        }
    }

    private void skipStatement(Token from) throws IOException {
        Token token = from;
        while (!token.is(";")) {
            if (token.kind() == Kind.END) {
                throw new IOException("it ends inside a statement");
            }
            token = tokens.next();
        }
    }

    private void create() throws IOException {
        Token token = tokens.next();
        while (token.kind() == Kind.WORD && !token.isWord("TABLE")) {
            token = tokens.next();
        }
        if (!token.isWord("TABLE")) {
            skipStatement(token);
            return;
        }
        Token afterName = tokens.next();
        Optional<LegacyTable> table = Optional.empty();
        if (afterName.kind() == Kind.NAME) {
            table = tableNamed(afterName);
            afterName = tokens.next();
        }
        if (table.isEmpty() || !afterName.is("(")) {
            skipStatement(afterName);
            return;
        }
        content.found(table.get());
        columns.put(table.get(), definedColumns());
        skipStatement(tokens.next());
    }

    /** {@code "PUBLIC"."table"}, of which the first name was read. The dot between comes as a word of its own. */
    private Optional<LegacyTable> tableNamed(Token schema) throws IOException {
        Token dot = tokens.next();
        Token name = tokens.next();
        if (!schema.text().equals("PUBLIC") || !dot.isWord(".") || name.kind() != Kind.NAME) {
            throw new IOException("a table's name is not in the form \"PUBLIC\".\"name\"");
        }
        return LegacyTable.named(name.text());
    }

    /** Names at depth 1 that begin a definition, up to the closing parenthesis. */
    private List<String> definedColumns() throws IOException {
        List<String> names = new ArrayList<>();
        int depth = 1;
        boolean begins = true;
        while (depth > 0) {
            Token token = tokens.next();
            if (token.kind() == Kind.END) {
                throw new IOException("it ends inside a table's definition");
            }
            if (begins && token.kind() == Kind.NAME) {
                names.add(token.text());
            }
            depth += token.is("(") ? 1 : 0;
            depth -= token.is(")") ? 1 : 0;
            begins = depth == 1 && token.is(",");
        }
        return names;
    }

    private void insert() throws IOException {
        Token into = tokens.next();
        Token schema = tokens.next();
        if (!into.isWord("INTO") || schema.kind() != Kind.NAME) {
            throw new IOException("an INSERT names no table");
        }
        Optional<LegacyTable> table = tableNamed(schema);
        if (table.isEmpty()) {
            skipStatement(tokens.next());
            return;
        }
        Token token = tokens.next();
        List<String> order = columns.getOrDefault(table.get(), List.of());
        if (token.is("(")) {
            order = definedColumns();
            token = tokens.next();
        }
        if (!token.isWord("VALUES") || !order.containsAll(table.get().columns())) {
            throw new IOException("an INSERT into " + table.get().table() + " does not tell its columns");
        }
        rows(table.get(), order);
    }

    private void rows(LegacyTable table, List<String> order) throws IOException {
        Token separator = new Token(Kind.SIGN, ",");
        while (separator.is(",")) {
            if (!tokens.next().is("(")) {
                throw new IOException("a row of " + table.table() + " is not in parentheses");
            }
            content.add(table, row(table, order));
            separator = tokens.next();
        }
        if (!separator.is(";")) {
            throw new IOException("the rows of " + table.table() + " do not end with a semicolon");
        }
    }

    private LegacyContent.Row row(LegacyTable table, List<String> order) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            String column = order.get(i);
            literal(table).ifPresent(value -> values.put(column, value));
            if (!tokens.next().is(i + 1 < order.size() ? "," : ")")) {
                throw new IOException(
                        "a row of " + table.table() + " has another number of values than there are columns");
            }
        }
        values.keySet().retainAll(table.columns());
        return new LegacyContent.Row(values);
    }

    private Optional<String> literal(LegacyTable table) throws IOException {
        Token token = tokens.next();
        if (token.kind() == Kind.STRING) {
            return Optional.of(token.text());
        }
        if (token.isWord("NULL")) {
            return Optional.empty();
        }
        if (token.isWord("TRUE") || token.isWord("FALSE") || isInteger(token)) {
            return Optional.of(token.text());
        }
        if (token.isWord("TIMESTAMP")
                && tokens.next().isWord("WITH")
                && tokens.next().isWord("TIME")
                && tokens.next().isWord("ZONE")) {
            Token time = tokens.next();
            if (time.kind() == Kind.STRING) {
                return Optional.of(iso(time.text()));
            }
        }
        throw new IOException("a value of " + table.table() + " is no literal");
    }

    private static boolean isInteger(Token token) {
        return token.kind() == Kind.WORD && token.text().matches("-?[0-9]{1,18}");
    }

    /** {@code 2026-11-01 10:00:00.123+00} to ISO 8601. */
    private static String iso(String text) {
        String joined = text.replaceFirst(" ", "T");
        return joined.matches(".*[+-][0-9]{2}") ? joined + ":00" : joined;
    }
}
