package io.attested.sms.attestation.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SecretBytesTest {
    private static final RawSecretAccess ACCESS = RawSecretAccess.to("compare it in a test");

    @Test
    void neitherTextNorHashTellsTheContent() {
        SecretBytes one = SecretBytes.ofUtf8("hunter2");
        SecretBytes other = SecretBytes.ofUtf8("another");
        assertThat(one.toString()).isEqualTo(other.toString()).doesNotContain("hunter2");
        assertThat(one).hasSameHashCodeAs(other);
    }

    @Test
    void equalContentIsEqual() {
        assertThat(SecretBytes.ofUtf8("a")).isEqualTo(SecretBytes.copyOf(new byte[] {'a'}));
        assertThat(SecretBytes.ofUtf8("a")).isNotEqualTo(SecretBytes.ofUtf8("b"));
        assertThat(SecretBytes.ofUtf8("a")).isNotEqualTo(SecretBytes.ofUtf8("aa"));
    }

    @Test
    void owningSharesTheArrayAndCopyOfDoesNot() {
        byte[] owned = {1};
        byte[] copied = {1};
        SecretBytes.owning(owned).close();
        SecretBytes.copyOf(copied).close();
        assertThat(owned).containsExactly(0);
        assertThat(copied).containsExactly(1);
    }

    @Test
    void closedSecretGivesNothing() {
        SecretBytes secret = SecretBytes.ofUtf8("a");
        assertThat(secret.text(ACCESS)).isEqualTo("a");
        secret.close();
        assertThatIllegalStateException().isThrownBy(() -> secret.copy(ACCESS));
        assertThatIllegalStateException().isThrownBy(() -> secret.text(ACCESS));
    }

    @Test
    void accessNeedsAReason() {
        assertThatIllegalArgumentException().isThrownBy(() -> RawSecretAccess.to(" "));
    }
}
