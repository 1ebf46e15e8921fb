package io.attested.sms.worker.cli;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads typed values off the command line. */
final class Typed {
    private Typed() {}

    /** An address. */
    static final class OfAddress implements ITypeConverter<EthereumAddress> {
        @Override
        public EthereumAddress convert(String text) {
            return EthereumAddress.parse(text)
                    .orElseThrow(() -> new TypeConversionException("expected an address: 0x and 40 hex digits"));
        }
    }

    /** 32 bytes. */
    static final class OfBytes32 implements ITypeConverter<Bytes32> {
        @Override
        public Bytes32 convert(String text) {
            return Bytes32.parse(text).orElseThrow(() -> new TypeConversionException("expected 64 hex digits"));
        }
    }

    /** An address of the web. */
    static final class OfUri implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new TypeConversionException("expected an address such as https://sms.example.org");
            }
        }
    }

    /** A service key. */
    static final class OfServiceKey implements ITypeConverter<ServiceKey> {
        @Override
        public ServiceKey convert(String text) {
            return ServiceKey.parse(text)
                    .orElseThrow(() -> new TypeConversionException("expected a service key: 64 hex digits"));
        }
    }

    /** An instant: ISO 8601 in UTC, or seconds since 1970. */
    static final class OfInstant implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.matches("\\d{1,10}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "expected a time like 2026-11-01T12:00:00Z, or seconds since 1970-01-01");
            }
        }
    }
}
