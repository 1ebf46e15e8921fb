package io.attested.sms.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "-", "_", "My-secret_1"})
    void requesterNameWhenAllowedThenKeptAsItIs(String text) {
        assertThat(RequesterSecretName.tryParse(text).map(RequesterSecretName::value))
                .contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a.b", "a\n", "\na", "é", "a/b", "a\u0000", "١"})
    void requesterNameWhenOtherCharactersThenNone(String text) {
        assertThat(RequesterSecretName.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new RequesterSecretName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requesterNameWhenSixtyFourCharactersThenTheLongest() {
        assertThat(RequesterSecretName.tryParse("a".repeat(64))).isPresent();
        assertThat(RequesterSecretName.tryParse("a".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropbox-token", "a b", "é", "𝄞", "name.with/any:sign", " "})
    void accountNameWhenPrintableThenKept(String text) {
        assertThat(AccountSecretName.tryParse(text).map(AccountSecretName::value))
                .contains(text);
    }

    @Test
    void accountNameWhenUpperCaseThenLowered() {
        assertThat(AccountSecretName.tryParse("IExec-RESULT"))
                .isEqualTo(Optional.of(new AccountSecretName("iexec-result")));
        assertThatThrownBy(() -> new AccountSecretName("A")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\r", "\t", "a\u0000", "\u007f", "\u0085", "\u2028", "\u2029"})
    void accountNameWhenEmptyOrWithControlCharactersThenNone(String text) {
        assertThat(AccountSecretName.tryParse(text)).isEmpty();
    }

    @Test
    void accountNameWhenASurrogateStandsAloneThenNone() {
        assertThat(AccountSecretName.tryParse("a\ud834")).isEmpty();
        assertThat(AccountSecretName.tryParse("\udd1ea")).isEmpty();
    }

    @Test
    void accountNameWhenTwoHundredFiftyFiveCharactersThenTheLongestAlsoAfterLowering() {
        assertThat(AccountSecretName.tryParse("a".repeat(255))).isPresent();
        assertThat(AccountSecretName.tryParse("a".repeat(256))).isEmpty();
        // Lower case of this letter is two characters long.
        assertThat(AccountSecretName.tryParse("\u0130".repeat(127))).isPresent();
        assertThat(AccountSecretName.tryParse("\u0130".repeat(128))).isEmpty();
    }
}
