package io.attested.sms.bench.conformance.checks;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Request;
import java.util.function.Function;

/**
 * One secret that can be pushed: where, by whom, and what its owner signs.
 *
 * @param path with its query
 * @param owner whose signature is asked
 * @param challenge of a value, 32 bytes
 */
record Target(String path, Actor owner, Function<String, byte[]> challenge) {
    /** The owner's signature over a value. */
    String signature(String value) {
        return owner.sign(challenge.apply(value));
    }

    /** Right in everything, as the SDK sends it. */
    Request push(String value) {
        return unsigned(value).signed(signature(value));
    }

    /** A replacement that is right in everything. */
    Request put(String value) {
        return Request.put(path).text(value).signed(signature(value));
    }

    /** A push signed by somebody else. */
    Request pushBy(Actor other, String value) {
        return unsigned(value).signed(other.sign(challenge.apply(value)));
    }

    /** A push without its header. */
    Request unsigned(String value) {
        return Request.post(path).text(value);
    }

    /** The question whether it is there. */
    Request head() {
        return Request.head(path);
    }

    /** The same secret by another spelling of its path. */
    Target at(String otherPath) {
        return new Target(otherPath, owner, challenge);
    }
}
