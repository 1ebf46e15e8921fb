package io.attested.sms.boot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The keys the service knows, as the settings' records spell them, and the refusal of others.
 *
 * <p>The binder passes over a key it does not know, so a mistyped rule would silently be the default. Variables of the
 * environment and properties of the JVM are not looked at: they are shared with the launcher and with platforms that set
 * some of their own.
 */
final class SettingNames {
    private static final String PREFIX = "sms.";
    private static final Set<String> SHARED = Set.of(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    private static final Set<String> KNOWN = Stream.<Class<?>>of(
                    SmsSettings.class, AdminSettings.class, BulkSettings.class, SessionSettings.class)
            .flatMap(settings ->
                    keys(settings.getAnnotation(ConfigurationProperties.class).value(), settings))
            .map(SettingNames::uniform)
            .collect(Collectors.toUnmodifiableSet());

    private SettingNames() {}

    /** @throws StartRefused when the command line or a file sets a key of the prefix {@code sms} that is none */
    static void requireKnown(ConfigurableEnvironment environment) {
        Set<String> unknown = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed && !SHARED.contains(source.getName())) {
                Arrays.stream(listed.getPropertyNames())
                        .filter(key -> key.startsWith(PREFIX)
                                && !KNOWN.contains(uniform(key))
                                && !isEmptySection(uniform(key), listed.getProperty(key)))
                        .forEach(unknown::add);
            }
        }
        if (!unknown.isEmpty()) {
            throw new StartRefused(
                    String.join(", ", unknown) + (unknown.size() == 1 ? " is no setting" : " are no settings")
                            + "; expected keys of docs/reference/configuration.md");
        }
    }

    /** YAML gives a heading without content, or an empty list, as a key of its own. */
    private static boolean isEmptySection(String key, @Nullable Object value) {
        return (value == null || value.toString().isEmpty())
                && KNOWN.stream().anyMatch(known -> known.startsWith(key + ".") || known.startsWith(key + "["));
    }

    private static Stream<String> keys(String prefix, Class<?> settings) {
        return Arrays.stream(settings.getRecordComponents())
                .flatMap(component -> keys(prefix + "." + component.getName(), component));
    }

    private static Stream<String> keys(String key, RecordComponent component) {
        if (component.getType() == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            // A list of plain values may also be one text with commas.
            return element.isRecord() ? keys(key + "[]", element) : Stream.of(key, key + "[]");
        }
        return component.getType().isRecord() ? keys(key, component.getType()) : Stream.of(key);
    }

    /** Without what the binder does not look at, letters' case and hyphens, and without numbers in brackets. */
    private static String uniform(String key) {
        return key.replaceAll("\\[\\d+]", "[]").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
