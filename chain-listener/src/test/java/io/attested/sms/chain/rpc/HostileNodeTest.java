package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainRefused.Reason;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.TaskLookup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A node may say anything; the answer is a typed outcome. */
class HostileNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** With a node that does not answer in time; long enough for the questions of the start. */
    private static final Duration IMPATIENCE = Duration.ofSeconds(2);

    private final FakeChain chain = new FakeChain(10);
    private final FakeNode node = new FakeNode(chain);
    private JsonRpcChain view = open(settings());

    @BeforeEach
    void honestAtFirst() {
        assertThat(view.task(FakeChain.TASK)).isInstanceOf(TaskLookup.Found.class);
    }

    @AfterEach
    void close() {
        view.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>502 Bad Gateway</body></html>",
                "",
                "null",
                "{}",
                "[]",
                "[null,null]",
                "[{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x12",
                "[{\"id\":0,\"result\":\"0x1267\"}]",
                "[{\"id\":0,\"result\":\"0x1267\"},{\"id\":0,\"result\":\"0x1267\"}]",
                "[{\"id\":0,\"result\":\"0x1267\"},{\"id\":7,\"result\":{}}]",
                "[{\"id\":\"0\",\"result\":\"0x1267\"},{\"id\":\"1\",\"result\":{}}]",
                "[{\"id\":0.0,\"result\":\"0x1267\"},{\"id\":1,\"result\":{}}]",
                "[{\"id\":0,\"result\":\"0x1267\"},{\"id\":1}]",
                "[{\"id\":0,\"result\":\"0x1267\"},{\"id\":1,\"result\":[]}]",
                "[{\"id\":0,\"result\":\"0x1267\"},{\"id\":1,\"result\":\"0x\"}]",
                "[{\"id\":0,\"result\":\"0x1267\"},{\"id\":1,\"result\":{\"hash\":null}}]",
                "[{\"id\":0,\"result\":\"0x1267\",\"result\":\"0x1\"},{\"id\":1,\"result\":{}}]",
                "[{\"id\":0,\"result\":null},{\"id\":1,\"result\":{}}]",
                "[{\"id\":0,\"result\":4711},{\"id\":1,\"result\":{}}]",
                "[{\"id\":0,\"result\":\"0xzz\"},{\"id\":1,\"result\":{}}]",
                "[{\"id\":0,\"result\":\"0xffffffffffffffffffffffffffffffffffffffff\"},{\"id\":1,\"result\":{}}]"
            })
    void everythingWhenTheAnswerIsNonsenseThenMalformed(String body) {
        node.body(FakeNode.text(body));

        assertThat(failure().kind()).isEqualTo(Kind.MALFORMED_ANSWER);
        assertThat(view.owner(FakeChain.APP)).isInstanceOf(OwnerLookup.Unavailable.class);
        assertThat(view.state()).isInstanceOf(ChainState.Unavailable.class);
    }

    @Test
    void taskWhenNestedBeyondReasonThenMalformed() {
        node.body(FakeNode.text("[".repeat(100_000)));

        assertThat(failure().kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    }

    @Test
    void taskWhenTheNodeBecomesAnotherChainThenWrongChain() {
        node.reply(on("eth_chainId", FakeNode.result("0x1")));

        assertThat(failure().kind()).isEqualTo(Kind.WRONG_CHAIN);
    }

    @Test
    void taskWhenTheHeaderDoesNotHaveItsHashThenInconsistent() {
        chain.block(10).put("timestamp", "0x7fffffff");

        assertThat(failure().kind()).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void taskWhenTheSettledBlockIsOfAnotherHeightThenInconsistent() {
        view.close();
        view = open(settings().withDepth(3));
        ObjectNode other = chain.block(6);
        node.reply((method, params) -> "eth_getBlockByNumber".equals(method)
                        && "0x7".equals(params.get(0).asString())
                ? FakeNode.result(other)
                : chain.reply(method, params));

        assertThat(failure().kind()).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void taskWhenTheIndexIsALieThenInconsistent() {
        chain.answerTask(FakeChain.task(1, FakeChain.DEAL, 1));

        assertThat(failure().kind()).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void taskWhenTheDealIsAnothersThenInconsistent() {
        chain.answerTask(FakeChain.task(1, Bytes32.parse("0x" + "11".repeat(32)), 0));

        assertThat(failure().kind()).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void taskWhenTheDealIsEmptyThenInconsistent() {
        chain.answerDeal("0x" + FakeChain.word(32) + FakeChain.word(0).repeat(15) + FakeChain.word(22 * 32)
                + FakeChain.word(0).repeat(7));

        assertThat(failure().kind()).isEqualTo(Kind.INCONSISTENT);
    }

    @Test
    void taskWhenTheStatusIsNoneOfPocoThenMalformed() {
        chain.answerTask(FakeChain.task(5, FakeChain.DEAL, 0));

        assertThat(failure().kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0x00", "0x1", "no hex", "0xzz"})
    void taskWhenTheViewIsNoEncodingThenMalformed(String answer) {
        chain.answerTask(answer);

        assertThat(failure().kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    }

    @Test
    void taskWhenADeadlineIsBeyondAllTimeThenMalformed() {
        chain.answerTask(FakeChain.task(1, FakeChain.DEAL, 0).replace(FakeChain.word(2_000), "f".repeat(64)));

        assertThat(failure().kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    }

    @Test
    void taskWhenTheHubRevertsThenRpcError() {
        node.reply(on("eth_call", FakeNode.error(3, "execution reverted")));

        assertThat(failure().kind()).isEqualTo(Kind.RPC_ERROR);
        assertThat(view.owner(FakeChain.APP)).isInstanceOf(OwnerLookup.NoOwner.class);
    }

    @Test
    void ownerWhenTheNodeFailsForAnotherReasonThenUnavailable() {
        node.reply(on("eth_call", FakeNode.error(-32005, "limit exceeded at https://user:pw@node.test/key")));

        assertThat(view.owner(FakeChain.APP)).isInstanceOfSatisfying(OwnerLookup.Unavailable.class, unavailable -> {
            assertThat(unavailable.failure().kind()).isEqualTo(Kind.RPC_ERROR);
            assertThat(unavailable.failure().detail()).contains("-32005").doesNotContain("node.test");
        });
    }

    @Test
    void taskWhenTheBlockIsGoneOnceThenReadAgainAndFound() {
        AtomicInteger calls = new AtomicInteger();
        node.reply((method, params) -> "eth_call".equals(method) && calls.getAndIncrement() == 0
                ? FakeNode.error(-32000, "hash is not currently canonical")
                : chain.reply(method, params));

        assertThat(view.task(FakeChain.TASK)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenTheBlockIsGoneTwiceThenHeadMoved() {
        node.reply(on("eth_call", FakeNode.error(-32001, "Resource not found")));

        assertThat(failure().kind()).isEqualTo(Kind.HEAD_MOVED);
    }

    @Test
    void taskWhenTheConnectionBreaksOnceThenReadAgainAndFound() {
        AtomicInteger exchanges = new AtomicInteger();
        node.body((exchange, answers) -> {
            if (exchanges.getAndIncrement() != 1) {
                FakeNode.plain(exchange, answers);
            }
        });

        assertThat(view.task(FakeChain.TASK)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenTheConnectionAlwaysBreaksThenUnreachable() {
        node.body((exchange, answers) -> exchange.close());

        assertThat(failure().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    /** A seeded walk around honest answers: whatever comes, an outcome and no exception, and never another task. */
    @Test
    void everythingWhenHonestAnswersAreMutatedThenAnOutcome() {
        Random random = new Random(4711);
        node.body((exchange, answers) ->
                FakeNode.send(exchange, 200, mutated(FakeNode.JSON.writeValueAsBytes(answers), random)));

        for (int round = 0; round < 1_500; round++) {
            switch (view.task(FakeChain.TASK)) {
                case TaskLookup.Found found ->
                    assertThat(found.facts().task().id()).isEqualTo(FakeChain.TASK);
                case TaskLookup.NotSettled unsettled ->
                    assertThat(unsettled.head()).isEqualTo(unsettled.settled());
                case TaskLookup.Unknown unknown ->
                    assertThat(unknown.head().number()).isEqualTo(10);
                case TaskLookup.Boosted boosted ->
                    assertThat(boosted.head().number()).isEqualTo(10);
                case TaskLookup.Unavailable unavailable ->
                    assertThat(unavailable.failure().detail()).isNotBlank();
            }
            view.owner(FakeChain.APP);
        }
    }

    private static byte[] mutated(byte[] honest, Random random) {
        if (random.nextInt(3) == 0) {
            return honest;
        }
        int at = random.nextInt(honest.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(honest, at);
            case 1 -> {
                honest[at] = (byte) "0123456789abcdefx\"{}[],:nul-".charAt(random.nextInt(28));
                yield honest;
            }
            case 2 -> {
                honest[at] ^= (byte) (1 << random.nextInt(8));
                yield honest;
            }
            default -> {
                int length = Math.min(random.nextInt(80), honest.length - at);
                Arrays.fill(honest, at, at + length, (byte) 'f');
                yield honest;
            }
        };
    }

    @Test
    void taskWhenTheNodeRefusesBatchesThenRpcError() {
        node.body(FakeNode.text("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no\"}}"));

        assertThat(failure().kind()).isEqualTo(Kind.RPC_ERROR);
    }

    @Test
    void taskWhenTheStatusIsNotOkThenRpcErrorWithTheStatus() {
        node.body((exchange, answers) -> FakeNode.send(exchange, 503, new byte[0]));

        assertThat(failure()).isEqualTo(new ChainFailure(Kind.RPC_ERROR, "the node answered with HTTP status 503"));
    }

    @Test
    void taskWhenAnswersComeInAnotherOrderThenFoundAllTheSame() {
        node.body((exchange, answers) -> {
            var reversed = FakeNode.JSON.createArrayNode();
            for (int i = answers.size() - 1; i >= 0; i--) {
                reversed.add(answers.get(i));
            }
            FakeNode.plain(exchange, reversed);
        });

        assertThat(view.task(FakeChain.TASK)).isInstanceOf(TaskLookup.Found.class);
    }

    @Test
    void taskWhenTheAnswerIsEndlessThenMalformedWithoutReadingItAll() {
        AtomicInteger written = new AtomicInteger();
        byte[] chunk = new byte[1 << 16];
        Arrays.fill(chunk, (byte) ' ');
        node.body((exchange, answers) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 800; i++) {
                exchange.getResponseBody().write(chunk);
                written.addAndGet(chunk.length);
            }
        });

        TaskLookup lookup = view.task(FakeChain.TASK);

        assertThat(lookup)
                .asInstanceOf(InstanceOfAssertFactories.type(TaskLookup.Unavailable.class))
                .extracting(TaskLookup.Unavailable::failure)
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.MALFORMED_ANSWER);
                    assertThat(failure.detail()).contains("larger");
                });
        assertThat(written.get()).isLessThan(50 << 20);
    }

    @Test
    void taskWhenHeadersNeverComeThenTimeout() {
        node.body((exchange, answers) -> sleep(IMPATIENCE.toMillis() * 3));
        view = reopened(settings().withTimeout(IMPATIENCE));

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void taskWhenTheBodyDripsThenTimeout() {
        node.body((exchange, answers) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                sleep(50);
            }
        });
        view = reopened(settings().withTimeout(IMPATIENCE));

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void everyCallIsPinnedToACanonicalHashAndHasASender() {
        node.batches().clear();

        view.task(FakeChain.TASK);

        assertThat(node.batches()).hasSize(4);
        assertThat(node.batches())
                .flatExtracting(batch -> batch)
                .filteredOn(request -> "eth_call".equals(request.get("method").asString()))
                .hasSize(5)
                .allSatisfy(request -> {
                    JsonNode params = request.get("params");
                    assertThat(params.get(0).get("from").asString()).matches("0x0{39}[1-9]");
                    assertThat(params.get(1).get("blockHash"))
                            .isEqualTo(chain.block(10).get("hash"));
                    assertThat(params.get(1).get("requireCanonical").asBoolean())
                            .isTrue();
                });
    }

    @Test
    void openWhenTheUrlHasCredentialsThenTheyAreSentAndNeverTold() {
        URI withCredentials = URI.create(node.url().toString().replace("//", "//user:secret@"));
        ChainSettings settings = ChainSettings.of(withCredentials, FakeChain.CHAIN_ID, FakeChain.HUB);

        open(settings).close();

        assertThat(node.authorizations())
                .contains(
                        "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(settings.toString()).doesNotContain("secret").doesNotContain("127.0.0.1");
        node.close();
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(ChainRefused.class)
                .hasMessageNotContainingAny("secret", "127.0.0.1");
    }

    @Test
    void openWhenTheChainIsAnotherThenRefused() {
        assertRefused(ChainSettings.of(node.url(), 1, FakeChain.HUB), Reason.WRONG_CHAIN);
    }

    @Test
    void openWhenThereIsNoHubThenRefused() {
        node.reply(on("eth_getCode", FakeNode.result("0x")));

        assertRefused(settings(), Reason.NO_HUB);
    }

    @Test
    void openWhenTheHubsCodeIsPinnedThenOnlyThatCodeIsAccepted() {
        Bytes32 right = Bytes32.of(Hash.sha3(FakeChain.CODE));
        open(settings().withHubCodeHash(right)).close();

        assertRefused(settings().withHubCodeHash(Bytes32.ZERO), Reason.WRONG_HUB_CODE);
    }

    @Test
    void openWhenTheNodeSpeaksHtmlThenRefused() {
        node.body(FakeNode.text("<html>"));

        assertRefused(settings(), Reason.UNREADABLE);
    }

    private ChainFailure failure() {
        TaskLookup lookup = view.task(FakeChain.TASK);
        assertThat(lookup).isInstanceOf(TaskLookup.Unavailable.class);
        return ((TaskLookup.Unavailable) lookup).failure();
    }

    private void assertRefused(ChainSettings settings, Reason reason) {
        assertThatThrownBy(() -> open(settings))
                .isInstanceOfSatisfying(
                        ChainRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private ChainSettings settings() {
        return ChainSettings.of(node.url(), FakeChain.CHAIN_ID, FakeChain.HUB).withTimeout(PATIENCE);
    }

    /** Opens while the node answers plainly, then lets it lie again. */
    private JsonRpcChain reopened(ChainSettings settings) {
        view.close();
        FakeNode.Body lie = node.body(FakeNode::plain);
        view = open(settings);
        node.body(lie);
        return view;
    }

    private static JsonRpcChain open(ChainSettings settings) {
        return JsonRpcChain.open(settings);
    }

    private FakeNode.Replies on(String method, ObjectNode answer) {
        return (asked, params) -> asked.equals(method) ? answer.deepCopy() : chain.reply(asked, params);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
