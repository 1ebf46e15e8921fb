package io.attested.sms.chain.cli;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Words of the command line, read and printed. */
final class Words {
    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<TrustLevel> level(String word) {
        return Stream.of(TrustLevel.values())
                .filter(level -> of(level).equals(word))
                .findFirst();
    }

    static Address address(String text, String what) throws Failure {
        return Address.tryParse(text)
                .orElseThrow(() -> Failure.usage(what + " is an address, 0x and 40 hexadecimal digits; given are "
                        + text.length() + " characters"));
    }

    static Bytes32 bytes32(String text, String what) throws Failure {
        return Bytes32.tryParse(text)
                .orElseThrow(() -> Failure.usage(what + " is 32 bytes, 0x and 64 hexadecimal digits; given are "
                        + text.length() + " characters"));
    }

    /** {@code contributionDeadline} as {@code contribution deadline}; what is one word elsewhere stays one. */
    static String label(String member) {
        return "mrEnclave".equals(member)
                ? "MRENCLAVE"
                : member.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** Number, time and age. */
    static String block(BlockRef block, Instant now) {
        return block.number() + ", " + block.time() + ", " + age(block.time(), now);
    }

    /** How long ago, or how far ahead of our clock. */
    static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.isNegative() && age.abs().toSeconds() > 0
                ? span(age.abs()) + " ahead of this clock"
                : span(age.abs()) + " old";
    }

    private static String span(Duration span) {
        if (span.toDays() > 1) {
            return span.toDays() + " days";
        }
        if (span.toHours() > 1) {
            return span.toHours() + " h";
        }
        return span.toMinutes() > 1 ? span.toMinutes() + " min" : span.toSeconds() + " s";
    }
}
