package io.attested.sms.chain.testbed;

import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One thing a {@link ScriptedNode} does wrong. {@link Lies} and {@link Faults} make them. */
public sealed interface Misbehaviour {
    /** Another answer to a question. */
    @FunctionalInterface
    non-sealed interface Lie extends Misbehaviour {
        /** @param honest answers as if this lie were not there */
        ObjectNode answer(String method, JsonNode params, Responder honest);
    }

    /** A whole batch is refused by another body. */
    @FunctionalInterface
    non-sealed interface BatchRule extends Misbehaviour {
        /** Empty lets the batch pass. */
        Optional<JsonNode> refusal(JsonNode batch);
    }

    /** Other bytes, or none, on the connection. */
    @FunctionalInterface
    non-sealed interface Fault extends Misbehaviour {
        /** @param body what would have been sent; the connection is closed after an {@link IOException} */
        void write(byte[] body, HttpWire wire) throws IOException;
    }

    /** What goes wrong with subscriptions over WebSocket. */
    enum SocketFault implements Misbehaviour {
        /** The upgrade is refused with HTTP status 403. */
        REFUSED,
        /** The socket closes right after a subscription. */
        CLOSED,
        /** A subscription is confirmed and no head ever comes. */
        SILENT,
        /** Half of a frame comes, and nothing more. */
        HALF_FRAME,
        /** One message that does not end. */
        ENDLESS,
        /** Text that is not JSON in place of heads. */
        NONSENSE
    }
}
