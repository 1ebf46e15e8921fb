package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.boot.AdminSettings;
import io.attested.sms.boot.BulkSettings;
import io.attested.sms.boot.SessionSettings;
import io.attested.sms.boot.SmsSettings;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.ClassPathResource;

/** {@code docs/reference/configuration.md} against the settings' records and {@code application.yml}. */
class ConfigurationPageTest {
    private static final int DEFAULT_COLUMN = 2;

    private final Page page = Page.of("docs/reference/configuration.md");

    @Test
    void everyKeyIsListedWithItsDefault() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (Class<?> settings :
                List.<Class<?>>of(SmsSettings.class, AdminSettings.class, BulkSettings.class, SessionSettings.class)) {
            collect(settings.getAnnotation(ConfigurationProperties.class).value(), settings, expected);
        }
        Map<String, String> listed = page.section("Keys of the service").rows().stream()
                .collect(Collectors.toMap(List::getFirst, row -> withoutWords(row.get(DEFAULT_COLUMN))));
        assertThat(listed).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** Keys without a default value say "none" or "required"; a default that is the word none reads the same. */
    private static String withoutWords(String cell) {
        return cell.equals("none") || cell.equals("required") ? "" : cell;
    }

    private static void collect(String prefix, Class<?> settings, Map<String, String> keys) {
        RecordComponent[] components = settings.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String key = prefix + "." + kebab(component.getName());
            if (component.getType().isRecord()) {
                collect(key, component.getType(), keys);
            } else if (component.getType() == List.class && elementOf(component).isRecord()) {
                collect(key + "[]", elementOf(component), keys);
            } else if (component.getType() == List.class) {
                keys.put(key + "[]", "");
            } else {
                keys.put(key, defaultOf(settings, i));
            }
        }
    }

    private static Class<?> elementOf(RecordComponent component) {
        Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) element;
    }

    private static String defaultOf(Class<?> settings, int index) {
        DefaultValue value =
                settings.getDeclaredConstructors()[0].getParameters()[index].getAnnotation(DefaultValue.class);
        return value == null ? "" : withoutWords(String.join(",", value.value()));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void everyKeyOfTheJarsYamlIsListedWithItsValue() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yml"));
        Properties set = Objects.requireNonNull(yaml.getObject());
        Map<String, String> expected = new LinkedHashMap<>();
        set.forEach((key, value) -> expected.put(key.toString(), value.toString()));
        assertThat(page.section("Keys of Spring Boot that the service sets").firstToSecond())
                .containsExactlyInAnyOrderEntriesOf(expected);
    }
}
