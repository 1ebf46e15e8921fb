package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Facts with one lie and real proofs; true facts and proofs with one fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedProofTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Random random = new Random(20260102);
    private ProofScene scene;
    private Facts facts;
    private BlockRef block;
    private BlockRef before;
    private ProofPlan plan;
    private List<byte[]> answers;
    private Bytes32 root;

    @BeforeAll
    void prepare() {
        scene = ProofScene.open();
        before = scene.node().head();
        ProofNode.Read read = scene.node().read(scene.task(2, "x".repeat(70)));
        facts = new Facts(read.rights());
        block = read.block();
        plan = scene.node().plan(read.rights());
        answers = scene.node().answers(plan, block);
        root = scene.node().stateRoot(block);
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void theTruthWithItsProofsIsProven() {
        assertThat(plan.judge(root, answers))
                .isInstanceOfSatisfying(
                        ProofVerdict.Proven.class,
                        proven -> assertThat(proven.values()).isGreaterThan(40));
    }

    @TestFactory
    Stream<DynamicTest> eachLieIsNamed() {
        return facts.lies().entrySet().stream()
                .map(lie -> DynamicTest.dynamicTest(
                        lie.getKey(),
                        () -> assertThat(scene.node().prove(block, lie.getValue()))
                                .isInstanceOfSatisfying(ProofVerdict.Contradicted.class, refusal -> {
                                    assertThat(refusal.value())
                                            .isEqualTo(lie.getKey().split(" ")[0]);
                                    assertThat(refusal.claimed()).isNotEqualTo(refusal.proven());
                                })));
    }

    /** A node that wants a lie believed can only send again what is true elsewhere. */
    @TestFactory
    Stream<DynamicTest> noLieIsProvenByTheProofsOfTheTruth() {
        return facts.lies().entrySet().stream()
                .map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
                    ProofPlan other = scene.node().plan(lie.getValue());
                    List<byte[]> reused = new ArrayList<>(scene.node().answers(other, block));
                    for (int i = 0; i < Math.min(reused.size(), answers.size()); i++) {
                        reused.set(i, answers.get(i));
                    }
                    assertThat(other.judge(root, reused)).isNotInstanceOf(ProofVerdict.Proven.class);
                }));
    }

    @Test
    void aFaultInAnyByteOfAProofIsFound() {
        ProofPlan small = scene.node()
                .plan(
                        new Fact.NoTaskFact(Bytes32.ZERO),
                        new Fact.OwnerFact(
                                facts.truth().app().address(),
                                facts.truth().app().registry(),
                                facts.truth().app().owner()));
        List<byte[]> good = scene.node().answers(small, block);
        assertThat(small.judge(root, good)).isInstanceOf(ProofVerdict.Proven.class);
        int faults = 0;
        for (int answer = 0; answer < good.size(); answer++) {
            JsonNode tree = JSON.readTree(good.get(answer));
            for (Place place : places(tree)) {
                for (int digit = 2; digit < place.length(tree); digit += 2) {
                    int at = digit + random.nextInt(2);
                    List<byte[]> altered = replaced(good, answer, copy -> place.alter(copy, at));
                    assertThat(small.judge(root, altered)).isInstanceOf(ProofVerdict.Unproven.class);
                    faults++;
                }
            }
        }
        assertThat(faults).isGreaterThan(2000);
    }

    @Test
    void aFaultInAnyNodeOfAllProofsIsFound() {
        for (int answer = 0; answer < answers.size(); answer++) {
            JsonNode tree = JSON.readTree(answers.get(answer));
            for (Place place : places(tree)) {
                int at = 2 + random.nextInt(place.length(tree) - 2);
                assertUnproven(replaced(answers, answer, copy -> place.alter(copy, at)));
                assertUnproven(
                        replaced(answers, answer, copy -> place.list(copy).remove(place.node())));
                assertUnproven(replaced(
                        answers,
                        answer,
                        copy -> place.list(copy).add(place.list(copy).get(place.node()))));
            }
        }
    }

    @Test
    void proofsOfAnEarlierStateAreRefused() {
        assertThat(plan.judge(root, scene.node().answers(plan, before))).isInstanceOf(ProofVerdict.Unproven.class);
        assertThat(plan.judge(scene.node().stateRoot(before), answers)).isInstanceOf(ProofVerdict.Unproven.class);
        assertThat(plan.judge(Bytes32.ZERO, answers)).isInstanceOf(ProofVerdict.Unproven.class);
        assertThat(plan.judge(TrieProof.EMPTY_ROOT, answers)).isInstanceOf(ProofVerdict.Unproven.class);
    }

    @Test
    void theStateBeforeTheTaskContradictsIt() {
        assertThat(plan.judge(scene.node().stateRoot(before), scene.node().answers(plan, before)))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "task.status", Word.of(1).value(), Word.of(0).value()));
    }

    @Test
    void answersInAnotherOrderAreRefusedAndFewerAreAMistakeOfTheCaller() {
        assertUnproven(answers.reversed());
        assertThatThrownBy(() -> plan.judge(root, answers.subList(0, answers.size() - 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void slotsInAnotherOrderAndShorterKeysAreAsGood() {
        List<byte[]> other = replaced(answers, 1, copy -> {
            ArrayNode slots = (ArrayNode) copy.get("storageProof");
            slots.add(slots.remove(0));
            for (JsonNode slot : slots) {
                String digits = slot.get("key").asString().substring(2).replaceFirst("^0+(?=.)", "");
                ((ObjectNode) slot).put("key", "0x" + digits);
            }
        });

        assertThat(plan.judge(root, other)).isInstanceOf(ProofVerdict.Proven.class);
    }

    @Test
    void whatTheNodeSaysBesideTheProofsDoesNotCount() {
        List<byte[]> other = replaced(answers, 0, copy -> {
            copy.put("balance", "0x1").put("storageHash", Bytes32.ZERO.value()).remove("nonce");
            for (JsonNode slot : copy.get("storageProof")) {
                ((ObjectNode) slot).put("value", "0x5");
            }
        });

        assertThat(plan.judge(root, other)).isInstanceOf(ProofVerdict.Proven.class);
    }

    @Test
    void aSlotThatIsMissingSurplusTwiceOrSwappedIsRefused() {
        assertUnproven(replaced(answers, 0, copy -> slots(copy).remove(0)));
        assertUnproven(replaced(answers, 0, copy -> slots(copy).add(slots(copy).get(0))));
        assertUnproven(replaced(answers, 0, copy -> {
            ObjectNode surplus = (ObjectNode) slots(copy).get(0).deepCopy();
            slots(copy).add(surplus.put("key", Bytes32.ZERO.value()));
        }));
        assertUnproven(replaced(answers, 0, copy -> {
            String first = slots(copy).get(0).get("key").asString();
            String second = slots(copy).get(1).get("key").asString();
            ((ObjectNode) slots(copy).get(0)).put("key", second);
            ((ObjectNode) slots(copy).get(1)).put("key", first);
        }));
    }

    @Test
    void aSlotInThePlaceOfAnotherIsRefused() {
        assertUnproven(replaced(answers, 0, copy -> ((ObjectNode) slots(copy).get(0)).put("key", "0x0")));
    }

    @Test
    void anAnswerThatIsNoProofIsRefused() {
        for (String text : List.of("", "null", "[]", "{}", "\"0x\"", "<html>", "{\"accountProof\":[]}", "{} {}", "{")) {
            List<byte[]> other = new ArrayList<>(answers);
            other.set(2, text.getBytes(StandardCharsets.UTF_8));
            assertThat(plan.judge(root, other)).isInstanceOfSatisfying(ProofVerdict.Unproven.class, refusal -> {
                assertThat(refusal.account()).isEqualTo(plan.requests().get(2).account());
                assertThat(refusal.why()).isNotBlank();
            });
        }
    }

    @Test
    void moreNodesOrLongerOnesThanATrieCanHaveAreRefused() {
        assertUnproven(
                replaced(answers, 0, copy -> {
                    for (int i = 0; i < ProofAnswer.MOST_NODES; i++) {
                        accountProof(copy).add("0xc0");
                    }
                }),
                "a proof is not a list of at most 65 nodes");
        assertUnproven(
                replaced(
                        answers,
                        0,
                        copy -> accountProof(copy).set(0, "0x" + "00".repeat(ProofAnswer.MOST_BYTES_OF_A_NODE + 1))),
                "expected 0x and at most 2048 hexadecimal digits");
        assertUnproven(
                replaced(answers, 0, copy -> {
                    for (int i = 0; i < ProofRequest.MOST_SLOTS; i++) {
                        slots(copy)
                                .addObject()
                                .put("key", "0x" + Integer.toHexString(i))
                                .putArray("proof");
                    }
                }),
                "storageProof is not a list of at most 1000");
    }

    @Test
    void nodesThatAreNotHexadecimalBytesAreRefused() {
        for (String text : List.of("0x", "c0c0", "0xzz", "0Xc0")) {
            assertUnproven(
                    replaced(answers, 0, copy -> accountProof(copy).set(0, text)),
                    "expected 0x and at most 2048 hexadecimal digits");
        }
        assertUnproven(
                replaced(answers, 0, copy -> accountProof(copy).set(0, 1)),
                "expected 0x and at most 2048 hexadecimal digits");
        assertUnproven(replaced(answers, 0, copy -> accountProof(copy).set(0, "0xc")), "a node has half a byte");
    }

    private void assertUnproven(List<byte[]> other, String why) {
        assertThat(plan.judge(root, other))
                .isEqualTo(new ProofVerdict.Unproven(plan.requests().getFirst().account(), why));
    }

    private static ArrayNode accountProof(JsonNode answer) {
        return (ArrayNode) answer.get("accountProof");
    }

    private void assertUnproven(List<byte[]> other) {
        assertThat(plan.judge(root, other)).isInstanceOf(ProofVerdict.Unproven.class);
    }

    private static ArrayNode slots(JsonNode answer) {
        return (ArrayNode) answer.get("storageProof");
    }

    private static List<byte[]> replaced(List<byte[]> answers, int index, Consumer<ObjectNode> change) {
        ObjectNode copy = (ObjectNode) JSON.readTree(answers.get(index));
        change.accept(copy);
        List<byte[]> other = new ArrayList<>(answers);
        other.set(index, JSON.writeValueAsBytes(copy));
        return other;
    }

    /** A node of a proof within an answer: the account's, or those of one slot. */
    private record Place(int slot, int node) {
        ArrayNode list(JsonNode answer) {
            return (ArrayNode)
                    (slot < 0
                            ? answer.get("accountProof")
                            : slots(answer).get(slot).get("proof"));
        }

        int length(JsonNode answer) {
            return list(answer).get(node).asString().length();
        }

        void alter(JsonNode answer, int at) {
            StringBuilder text = new StringBuilder(list(answer).get(node).asString());
            int digit = Character.digit(text.charAt(at), 16);
            text.setCharAt(at, Character.forDigit(digit ^ 1 << at % 4, 16));
            list(answer).set(node, text.toString());
        }
    }

    private static List<Place> places(JsonNode answer) {
        List<Place> places = new ArrayList<>();
        for (int node = 0; node < answer.get("accountProof").size(); node++) {
            places.add(new Place(-1, node));
        }
        for (int slot = 0; slot < slots(answer).size(); slot++) {
            for (int node = 0; node < slots(answer).get(slot).get("proof").size(); node++) {
                places.add(new Place(slot, node));
            }
        }
        return places;
    }
}
