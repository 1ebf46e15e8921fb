package io.attested.sms.session.store;

import io.attested.sms.session.SessionStore.Posted;
import io.attested.sms.session.StagedSession.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a stage's texts mean the same to the store as to us.
 *
 * <p>Never: a NUL, which ends a variable early in whatever process receives it, and half of a surrogate pair, which UTF-8
 * cannot carry. Besides, whatever the store would replace by something else.
 *
 * @param replaced beginnings of what the store replaces anywhere
 * @param replacedInCommands what besides is replaced in a command
 */
public record Expressible(List<String> replaced, List<String> replacedInCommands) {
    /** Of a store that replaces nothing. */
    public static final Expressible PLAIN = new Expressible(List.of(), List.of());

    /** Takes an unmodifiable copy. */
    public Expressible {
        replaced = List.copyOf(replaced);
        replacedInCommands = List.copyOf(replacedInCommands);
    }

    /** The first text of these stages that cannot be sent; its value is not in the answer. */
    public Optional<Posted> unsafe(List<Stage> stages) {
        for (Stage stage : stages) {
            Optional<String> found = unsafe(stage);
            if (found.isPresent()) {
                return Optional.of(new Posted.Unsafe(stage.name(), found.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> unsafe(Stage stage) {
        if (!means(stage.image())) {
            return Optional.of("image");
        }
        if (!means(stage.command()) || replacedInCommands.stream().anyMatch(stage.command()::contains)) {
            return Optional.of("command");
        }
        for (Map.Entry<String, String> variable : stage.environment().entrySet()) {
            if (!variable.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                return Optional.of("the name of a variable");
            }
            if (!means(variable.getValue())) {
                return Optional.of(variable.getKey());
            }
        }
        return Optional.empty();
    }

    private boolean means(String text) {
        return text.indexOf('\0') < 0
                && replaced.stream().noneMatch(text::contains)
                && text.codePoints().noneMatch(Expressible::isHalf);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
