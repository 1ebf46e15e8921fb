package io.attested.sms.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sms.realm",
                "sms.chain.nodes[0].url",
                "sms.chain.nodes[12].heads",
                "sms.chain.hub-code-hash",
                "sms.chain.hubCodeHash",
                "sms.sessions.scone.tolerate[0]",
                "sms.sessions.scone.tolerate",
                "sms.admin.out-of-service.enabled",
                "sms.bulk.max-bytes",
                "server.port",
                "smsx.realm"
            })
    void keysOfThePageAndOfOthersAreTaken(String key) {
        assertThatCode(() -> SettingNames.requireKnown(commandLine(key))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sms.chain.trst",
                "sms.chain",
                "sms.chain.node[0].url",
                "sms.chain.nodes.url",
                "sms.chain.nodes[0].urls",
                "sms.attestation.polcy",
                "sms.sessions.scone.ignore-advisory[0]",
                "sms.admin.apikeyfiles"
            })
    void mistypedKeyIsNamed(String key) {
        assertThatThrownBy(() -> SettingNames.requireKnown(commandLine(key)))
                .isInstanceOf(StartRefused.class)
                .hasMessage(key + " is no setting; expected keys of docs/reference/configuration.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms.tee", "sms.chain.nodes", "sms.sessions.scone"})
    void headingWithoutContentIsTaken(String key) {
        assertThatCode(() -> SettingNames.requireKnown(commandLine(key, ""))).doesNotThrowAnyException();
    }

    @Test
    void environmentOfTheProcessIsNotJudged() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getSystemProperties().put("sms.root", "somewhere");
        try {
            assertThatCode(() -> SettingNames.requireKnown(environment)).doesNotThrowAnyException();
        } finally {
            environment.getSystemProperties().remove("sms.root");
        }
    }

    private static StandardEnvironment commandLine(String key) {
        return commandLine(key, "1");
    }

    private static StandardEnvironment commandLine(String key, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", Map.of(key, value)));
        return environment;
    }
}
