package io.attested.sms.bench.follow;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.testbed.Responder;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/** Moves the head of a {@link SyntheticNode} elsewhere. */
final class HeadControl {
    private final Responder node;

    HeadControl(URI node) {
        this.node = Responder.node(node);
    }

    /** Puts the head there; gives its hash. */
    Bytes32 head(int number) {
        return Bytes32.parse(node.answer(
                        "synthetic_head", JsonMapper.shared().createArrayNode().add(number))
                .path("result")
                .asString(""));
    }
}
