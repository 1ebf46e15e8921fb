package io.attested.sms.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a session document, read strictly: each member is of the expected type, and {@link #only} wants exactly
 * the expected members in the expected order.
 */
final class Document {
    private final String path;
    private final Map<String, @Nullable Object> members;

    private Document(String path, Map<String, @Nullable Object> members) {
        this.path = path;
        this.members = members;
    }

    /** Reads a parsed value as a mapping of names to values. */
    static Document of(String path, @Nullable Object value) throws Violation {
        if (!(value instanceof Map<?, ?> map)) {
            throw new Violation(path + " is no mapping");
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new Violation(path + " has a member whose name is no text");
            }
            members.put(name, entry.getValue());
        }
        return new Document(path, members);
    }

    /** Fails unless these are the members, in this order. */
    Document only(String... names) throws Violation {
        List<String> seen = List.copyOf(members.keySet());
        if (!seen.equals(List.of(names))) {
            throw new Violation(path + " has the members " + seen + ", expected " + List.of(names));
        }
        return this;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    Document mapping(String name) throws Violation {
        return of(path + "." + name, members.get(name));
    }

    List<Document> mappings(String name) throws Violation {
        List<Document> all = new ArrayList<>();
        for (Object value : list(name)) {
            all.add(of(path + "." + name + "[" + all.size() + "]", value));
        }
        return all;
    }

    List<String> texts(String name) throws Violation {
        List<String> all = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof String text)) {
                throw new Violation(path + "." + name + " has an element that is no text");
            }
            all.add(text);
        }
        return all;
    }

    private List<?> list(String name) throws Violation {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new Violation(path + "." + name + " is no list");
    }

    String text(String name) throws Violation {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new Violation(path + "." + name + " is no text");
    }

    /** Like {@link #text}, and the text has this form. */
    String text(String name, Pattern form) throws Violation {
        String text = text(name);
        if (!form.matcher(text).matches()) {
            throw new Violation(path + "." + name + " is not of the form " + form);
        }
        return text;
    }

    boolean isNull(String name) {
        return has(name) && members.get(name) == null;
    }

    /** Fails unless the member is this text. */
    void says(String name, String expected) throws Violation {
        if (!text(name).equals(expected)) {
            throw new Violation(path + "." + name + " is not " + expected);
        }
    }

    /** Fails unless the member is this list of texts. */
    void lists(String name, String... expected) throws Violation {
        if (!texts(name).equals(List.of(expected))) {
            throw new Violation(path + "." + name + " is not " + List.of(expected));
        }
    }

    /** A mapping of variable names to texts. */
    Map<String, String> environment(String name) throws Violation {
        Document environment = mapping(name);
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : environment.members.keySet()) {
            if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new Violation(environment.path + " has a name that is no variable: " + variable);
            }
            variables.put(variable, environment.text(variable));
        }
        return variables;
    }
}
