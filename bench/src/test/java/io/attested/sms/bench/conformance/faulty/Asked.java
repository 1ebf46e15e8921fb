package io.attested.sms.bench.conformance.faulty;

import java.math.BigInteger;
import java.util.function.Predicate;

/** Kinds of requests. */
final class Asked {
    static final Predicate<Message> ANY = request -> true;

    /** More bytes than a secret may have. */
    static final Predicate<Message> TOO_LARGE = request -> request.body().length > 4096;

    static final Predicate<Message> RESTORE = request -> request.path().endsWith("/restore-backup");

    /** A requester's secret under a name that is none. */
    static final Predicate<Message> BAD_KEY =
            request -> !request.path().replaceFirst(".*/", "").matches("[0-9A-Za-z_-]{1,64}");

    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    private Asked() {}

    static Predicate<Message> method(String method) {
        return request -> request.method().equals(method);
    }

    static Predicate<Message> below(String path) {
        return request -> request.path().startsWith(path);
    }

    /** With an {@code Authorization} of this kind. */
    static Predicate<Message> signed(Predicate<String> kind) {
        return request -> request.header("Authorization").filter(kind).isPresent();
    }

    /** A signature whose s is in the upper half. */
    static boolean highS(String signature) {
        return signature.matches("0x[0-9a-fA-F]{130}")
                && new BigInteger(signature.substring(66, 130), 16).compareTo(HALF_ORDER) > 0;
    }
}
