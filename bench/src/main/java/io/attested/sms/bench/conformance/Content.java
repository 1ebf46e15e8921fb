package io.attested.sms.bench.conformance;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a body; immutable. */
public final class Content {
    private static final Content EMPTY = new Content(new byte[0]);

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** No byte. */
    public static Content empty() {
        return EMPTY;
    }

    /** A copy of these. */
    public static Content of(byte[] bytes) {
        return new Content(bytes.clone());
    }

    /** The UTF-8 bytes of a text. */
    public static Content utf8(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Bytes. */
    public int length() {
        return bytes.length;
    }

    String text(Charset charset) {
        return new String(bytes, charset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
