package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.ReadFailure.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One node: JSON-RPC 2.0 batches, each question answered exactly once, in whatever order the node likes.
 *
 * <p>A batch that the node refuses as too large is halved until it fits, and later ones are no larger. Safe for many
 * threads; a call blocks its thread no longer than the time limit for each exchange. At most {@value Slots#MOST}
 * exchanges are under way at once, {@value Slots#OF_REQUESTS} of them for requests; whoever finds none free waits for
 * half a second of that time limit and then fails.
 */
public final class Node implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final NodeHttp http;
    private final RpcMeter meter;
    private final AtomicInteger mostQuestions;
    private final Slots slots = new Slots();

    private Node(String name, NodeHttp http, RpcMeter meter, int mostQuestions) {
        this.name = name;
        this.http = http;
        this.meter = meter;
        this.mostQuestions = new AtomicInteger(mostQuestions);
    }

    Node(NodeHttp http) {
        this("node", http, RpcMeter.NONE, NodeSettings.STANDARD_MOST_QUESTIONS);
    }

    /**
     * Nothing is sent yet.
     *
     * @param clock for the node's pace
     */
    public static Node open(NodeSettings settings, RpcMeter meter, InstantSource clock) {
        return new Node(settings.name(), new NodeHttp(settings, clock), meter, settings.mostQuestions());
    }

    /** What the node is called in logs, metrics and audit; no credentials. */
    public String name() {
        return name;
    }

    /**
     * Asks and reads.
     *
     * @throws ReadFailure when the node does not answer, or its answers do not come to a value
     */
    public <T> T ask(RoundTrip<T> trip, Purpose purpose) throws ReadFailure {
        return trip.read(new Replies(ask(trip.questions(), purpose)));
    }

    /** Closes the connections; exchanges that are under way fail. */
    @Override
    public void close() {
        http.close();
    }

    /** The answers in the order of the questions. */
    List<Answer> ask(List<Question> questions) throws ReadFailure {
        return ask(questions, Purpose.REQUEST);
    }

    private List<Answer> ask(List<Question> questions, Purpose purpose) throws ReadFailure {
        List<Answer> answers = new ArrayList<>();
        while (answers.size() < questions.size()) {
            int from = answers.size();
            int to = Math.min(questions.size(), from + mostQuestions.get());
            try {
                answers.addAll(exchanged(questions.subList(from, to), purpose));
            } catch (ReadFailure e) {
                if (e.refusal() != Refusal.TOO_MUCH || to - from == 1) {
                    throw e;
                }
                int half = (to - from) / 2;
                mostQuestions.getAndUpdate(most -> Math.min(most, half));
            }
        }
        return answers;
    }

    private List<Answer> exchanged(List<Question> questions, Purpose purpose) throws ReadFailure {
        long deadline = System.nanoTime() + http.timeout().toNanos();
        try (Slots.Slot _ = slots.take(purpose, http.timeout())) {
            return counted(questions, purpose, deadline);
        }
    }

    private List<Answer> counted(List<Question> questions, Purpose purpose, long deadline) throws ReadFailure {
        meter.roundTrip(name, purpose);
        questions.forEach(question -> meter.called(name, question.method(), purpose));
        try {
            byte[] body = JSON.writeValueAsBytes(batch(questions));
            List<Answer> answers = matched(parse(http.post(body, purpose, deadline)), questions.size());
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) instanceof Answer.Failed) {
                    meter.failed(name, questions.get(i).method(), purpose, Kind.RPC_ERROR);
                }
            }
            return answers;
        } catch (ReadFailure e) {
            questions.forEach(question ->
                    meter.failed(name, question.method(), purpose, e.failure().kind()));
            throw e;
        }
    }

    private static ArrayNode batch(List<Question> questions) {
        ArrayNode batch = JSON.createArrayNode();
        for (int id = 0; id < questions.size(); id++) {
            ObjectNode request = batch.addObject();
            request.put("jsonrpc", "2.0");
            request.put("id", id);
            request.put("method", questions.get(id).method());
            request.set("params", JSON.valueToTree(questions.get(id).params()));
        }
        return batch;
    }

    private static JsonNode parse(byte[] body) throws ReadFailure {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw ReadFailure.malformed("the answer is not JSON; does the URL lead to a JSON-RPC node?");
        }
    }

    private static List<Answer> matched(JsonNode answers, int count) throws ReadFailure {
        if (answers.isObject() && answers.path("error").isObject()) {
            throw refused(answers.get("error"));
        }
        // geth refuses a batch that is too large with an array of one error, under the id of the first question.
        if (answers.isArray()
                && answers.size() == 1
                && count > 1
                && tooLarge(answers.get(0).path("error"))) {
            throw refused(answers.get(0).path("error"));
        }
        if (!answers.isArray() || answers.size() != count) {
            throw ReadFailure.malformed("the answer is not a batch of " + count);
        }
        List<Optional<Answer>> inOrder = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        for (JsonNode answer : answers) {
            JsonNode id = answer.path("id");
            if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() < 0 || id.asInt() >= count) {
                throw ReadFailure.malformed("an answer has the id of no question");
            }
            if (inOrder.set(id.asInt(), Optional.of(answer(answer))).isPresent()) {
                throw ReadFailure.malformed("a question has two answers");
            }
        }
        return inOrder.stream().flatMap(Optional::stream).toList();
    }

    private static ReadFailure refused(JsonNode error) {
        return new ReadFailure(
                Kind.RPC_ERROR,
                "the node refuses the batch: error " + error.path("code").asLong(0),
                tooLarge(error) ? Refusal.TOO_MUCH : Refusal.NONE);
    }

    private static boolean tooLarge(JsonNode error) {
        String words = error.path("message").asString("").toLowerCase(Locale.ROOT);
        return words.contains("batch")
                && Stream.of("large", "limit", "size", "many", "exceed", "max").anyMatch(words::contains);
    }

    private static Answer answer(JsonNode answer) throws ReadFailure {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return Answer.error(
                    error.path("code").asLong(0), error.path("message").asString(""));
        }
        JsonNode result = answer.get("result");
        if (result == null) {
            throw ReadFailure.malformed("an answer has neither result nor error");
        }
        return new Answer.Result(result);
    }
}
