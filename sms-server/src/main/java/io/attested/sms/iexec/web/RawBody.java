package io.attested.sms.iexec.web;

import io.attested.sms.http.InputFault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Secret values as they are sent: raw UTF-8 text, whatever the content type says. */
final class RawBody {
    private RawBody() {}

    /**
     * The bytes of the value, read past every converter: some rewrite what comes under the content type of a form.
     *
     * @throws InputFault when there are none, or they are not UTF-8
     */
    static byte[] of(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        if (body.length == 0) {
            throw new InputFault("the body is empty, expected the secret's value");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException notUtf8) {
            throw new InputFault("the body is not UTF-8 text");
        }
        return body;
    }

    /** A 400 with the default error object. */
    static <T> T badRequest() {
        throw new InputFault("a name in the request is not allowed");
    }
}
