package io.attested.sms.attestation;

/**
 * How content is read into a value: afresh each time, or from memory when the same bytes were read before.
 *
 * <p>For readers whose result follows from the bytes alone: certificates, lists, TCB info. What depends on the instant,
 * on a key or on the root is never read through here. A reader may refuse by a root all the same, because rejections are
 * not remembered; who then finds a remembered value compares the root again.
 */
public interface Readings {
    /**
     * Reads content into a value.
     *
     * @param <V> the value
     */
    @FunctionalInterface
    interface Reader<V> {
        /**
         * Reads {@code content}; the same bytes always give an equal value or a rejection.
         *
         * @throws EvidenceRejected when the content has another form
         */
        V read(ByteString content) throws EvidenceRejected;
    }

    /**
     * The value of {@code content}.
     *
     * @param kind the value's class; one class has one reader
     * @throws EvidenceRejected what the reader threw; rejections are not remembered
     */
    <V> V read(Class<V> kind, ByteString content, Reader<V> reader) throws EvidenceRejected;

    /** Reads every time. */
    static Readings afresh() {
        return new Readings() {
            @Override
            public <V> V read(Class<V> kind, ByteString content, Reader<V> reader) throws EvidenceRejected {
                return reader.read(content);
            }
        };
    }
}
