package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Allocation;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small encodings that ask for much work: each reader answers, and takes a small multiple of their length. */
class DerBombTest {
    private static final int LENGTH = 60_000;

    @SuppressWarnings("ArrayRecordComponent")
    record Bomb(String name, byte[] der) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bomb> refused() {
        return Stream.of(
                new Bomb("thousands of values inside one another", nested(LENGTH)),
                new Bomb("the same with lengths not given", filled(LENGTH, 0x30, 0x80)),
                new Bomb("a set in the wrong order", value(0x31, falling(LENGTH / 3))),
                new Bomb("sets in a sequence", value(0x30, value(0x31, falling(1000)), value(0x31, falling(1000)))),
                new Bomb("an object identifier without end", value(0x06, filled(LENGTH, 0xff, 0xff))),
                new Bomb("a length of 2^32-1", new byte[] {0x30, (byte) 0x84, -1, -1, -1, -1}),
                new Bomb("a length of 2^31", new byte[] {0x30, (byte) 0x84, (byte) 0x80, 0, 0, 0}),
                new Bomb("a length of 126 octets", filled(LENGTH, 0xfe, 0xfe)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void bombsAreRefused(Bomb bomb) {
        Allocation<Boolean> read = Allocation.of(() -> isDer(bomb.der));
        assertThat(read.answer()).isFalse();
        assertThat(read.bytes()).isLessThan(128L * LENGTH);
    }

    static Stream<Bomb> read() {
        return Stream.of(
                new Bomb("a number of 480,000 bits", value(0x02, filled(LENGTH, 0x7f, 0xff))),
                new Bomb("a sequence of nothings", value(0x30, filled(LENGTH, 0x05, 0x00))),
                new Bomb("a sequence of sequences", value(0x30, filled(LENGTH, 0x30, 0x00))),
                new Bomb("a set in order", value(0x31, rising(LENGTH / 3))));
    }

    @ParameterizedTest
    @MethodSource("read")
    void whatIsDerIsReadInMemoryOfItsOrder(Bomb bomb) {
        Allocation<Boolean> read = Allocation.of(() -> isDer(bomb.der));
        assertThat(read.answer()).isTrue();
        assertThat(read.bytes()).isLessThan(256L * LENGTH);
    }

    @ParameterizedTest
    @MethodSource({"refused", "read"})
    void everyReaderRefusesThem(Bomb bomb) {
        assertThat(isCertificate(bomb.der)).isFalse();
        assertThat(isPckExtension(bomb.der)).isFalse();
        assertThat(isList(bomb.der)).isFalse();
        assertThat(isSignature(bomb.der)).isFalse();
        assertThat(isSignature(value(0x30, bomb.der, bomb.der))).isFalse();
    }

    /** Lists may be long, and are read before their signature is checked. */
    @Test
    void theLongestListIsReadInBoundedMemory() {
        int length = Der.MAX_LIST_LENGTH - 5;
        for (byte[] content : List.of(
                filled(length & ~1, 0x30, 0x00), filled(length & ~1, 0x05, 0x00), value(0x31, rising(length / 4)))) {
            byte[] der = value(0x30, content);
            Allocation<Boolean> read = Allocation.of(() -> isList(der));
            assertThat(read.answer()).isFalse();
            assertThat(read.bytes()).isLessThan(96L * 1024 * 1024);
        }
    }

    private static boolean isDer(byte[] der) {
        try {
            Der.read(der);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isCertificate(byte[] der) {
        try {
            SignedCertificate.read(der);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isPckExtension(byte[] der) {
        try {
            PckExtension.read(ByteString.copyOf(der));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isList(byte[] der) {
        try {
            RevocationList.read("list", ByteString.copyOf(der));
            return true;
        } catch (EvidenceRejected refused) {
            return false;
        }
    }

    private static boolean isSignature(byte[] der) {
        try {
            Der.rawSignature(der);
            return true;
        } catch (IOException | IllegalArgumentException refused) {
            return false;
        }
    }

    /** As many sequences inside one another as {@code length} bytes allow, each with the length of what is left. */
    private static byte[] nested(int length) {
        byte[] der = new byte[length];
        int position = 0;
        while (length - position >= 5) {
            int content = length - position - 5;
            der[position] = 0x30;
            der[position + 1] = (byte) 0x83;
            der[position + 2] = (byte) (content >> 16);
            der[position + 3] = (byte) (content >> 8);
            der[position + 4] = (byte) content;
            position += 5;
        }
        return der;
    }

    /** Numbers of one byte, each smaller than the one before, beginning again after 128. */
    private static byte[] falling(int count) {
        byte[] numbers = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            numbers[3 * i] = 2;
            numbers[3 * i + 1] = 1;
            numbers[3 * i + 2] = (byte) (127 - (long) i * 128 / count);
        }
        return numbers;
    }

    private static byte[] rising(int count) {
        byte[] numbers = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            numbers[3 * i] = 2;
            numbers[3 * i + 1] = 1;
            numbers[3 * i + 2] = (byte) ((long) i * 128 / count);
        }
        return numbers;
    }

    private static byte[] filled(int length, int first, int second) {
        byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) second);
        for (int i = 0; i < length; i += 2) {
            filled[i] = (byte) first;
        }
        return filled;
    }

    /** A value in DER with its minimal length. */
    private static byte[] value(int tag, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (length < 0x80) {
            value.write(length);
        } else {
            int octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            value.write(0x80 + octets);
            for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
                value.write(length >> shift);
            }
        }
        for (byte[] content : contents) {
            value.writeBytes(content);
        }
        return value.toByteArray();
    }
}
