package io.attested.sms.bench.conformance.faulty;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What is done to an exchange. */
@FunctionalInterface
interface Change {
    Message answer(Message request, Fault.Server faultless);

    /** Some answers to some requests are others. */
    static Change answer(Predicate<Message> asked, Predicate<Message> told, UnaryOperator<Message> change) {
        return (request, faultless) -> {
            Message answer = faultless.send(request);
            return asked.test(request) && told.test(answer) ? change.apply(answer) : answer;
        };
    }

    /** Some requests reach the server as others. */
    static Change request(Predicate<Message> asked, UnaryOperator<Message> change) {
        return (request, faultless) -> faultless.send(asked.test(request) ? change.apply(request) : request);
    }

    /** Some requests do not reach the server. */
    static Change instead(Predicate<Message> asked, UnaryOperator<Message> answer) {
        return (request, faultless) -> asked.test(request) ? answer.apply(request) : faultless.send(request);
    }
}
