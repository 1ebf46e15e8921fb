package io.attested.sms.standin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The form of a request, apart from its document. */
final class Requests {
    private Requests() {}

    /** Fails unless it is a POST of this content type to this path, with a length. */
    static void post(Received request, String path, String contentType) throws Violation {
        if (!request.method().equals("POST")) {
            throw new Violation("method " + request.method() + ", expected POST");
        }
        if (!request.target().equals(path)) {
            throw new Violation("path " + request.target() + ", expected " + path);
        }
        if (!request.values("Content-Type").equals(List.of(contentType))) {
            throw new Violation("Content-Type " + request.values("Content-Type") + ", expected " + contentType);
        }
        if (request.values("Content-Length").size() != 1) {
            throw new Violation("no Content-Length");
        }
    }

    /** The body, which has to be UTF-8. */
    static String text(Received request) throws Violation {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Violation("the body is no UTF-8");
        }
    }
}
