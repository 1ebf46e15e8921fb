package io.attested.sms.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteStringTest {
    @Test
    void equalBytesAreEqualAndOthersAreNot() {
        assertThat(ByteString.ofHex("00FF"))
                .isEqualTo(ByteString.ofHex("00ff"))
                .hasSameHashCodeAs(ByteString.ofHex("00ff"));
        assertThat(ByteString.ofHex("00ff")).isNotEqualTo(ByteString.ofHex("00fe"));
        assertThat(ByteString.ofHex("00ff")).isNotEqualTo(ByteString.ofHex("00ff00"));
    }

    @Test
    void nobodyCanChangeTheBytesFromOutside() {
        byte[] source = {1, 2};
        ByteString bytes = ByteString.copyOf(source);
        source[0] = 9;
        bytes.toByteArray()[1] = 9;
        assertThat(bytes.hex()).isEqualTo("0102");
    }

    @Test
    void sliceStaysInside() {
        ByteString bytes = ByteString.ofHex("010203");
        assertThat(bytes.slice(1, 2).hex()).isEqualTo("0203");
        assertThatThrownBy(() -> bytes.slice(2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> bytes.slice(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> bytes.slice(1, Integer.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hexMustBeHex() {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteString.ofHex("0x01"));
        assertThatIllegalArgumentException().isThrownBy(() -> ByteString.ofHex("012"));
    }

    @Test
    void isZeroLooksAtEveryByte() {
        assertThat(ByteString.ofHex("0000").isZero()).isTrue();
        assertThat(ByteString.ofHex("0001").isZero()).isFalse();
    }
}
