package io.attested.sms.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.identity.Ask;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.operate.store.TestStore;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers and workerpool owners that are contracts ask for challenges; and what else an ask says of its task. */
class ContractWalletAskTest {
    private static final Address WORKER = TestStore.address(0xc1);
    private static final Address POOL = TestStore.address(0xc2);
    private static final byte[] OF_WORKER = new byte[70];
    private static final byte[] OF_POOL = new byte[65];

    private NativeScene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = new NativeScene(folder);
        scene.chain.knows(scene.facts().poolOwner(POOL).facts());
        scene.chain.contract(WORKER, FakeChain.approving(ask().digest(scene.domain), OF_WORKER));
        scene.chain.contract(POOL, FakeChain.approving(authorization(), OF_POOL));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Ask ask() {
        Ask right = scene.ask();
        return new Ask(right.chainTaskId(), right.stage(), WORKER, right.enclaveChallenge(), right.deadline());
    }

    private byte[] authorization() {
        return IexecDigests.personalMessage(IexecDigests.authorization(
                WORKER.bytes(), TestFacts.TASK, scene.enclaveChallenge().bytes()));
    }

    private static Optional<SentSignature> sent(byte[] signature) {
        return SentSignature.parse("0x" + HexFormat.of().formatHex(signature));
    }

    private AskOutcome ask(Ask ask, byte[] pool, byte[] worker, Optional<DealClaim> deal) {
        return scene.desks
                .challenges()
                .ask(new AskRequest(
                        TestFacts.TASK, WORKER, scene.enclaveChallenge(), deal, sent(pool), ask, sent(worker)));
    }

    private AskOutcome askSigned() {
        return ask(ask(), OF_POOL, OF_WORKER, Optional.empty());
    }

    private static void assertRefused(AskOutcome outcome, RefusalCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AskOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    @Test
    void bothContractsApproveThenAChallengeIsIssued() {
        assertThat(askSigned()).isInstanceOf(AskOutcome.Issued.class);
    }

    @Test
    void aContractThatDoesNotApproveOrIsNotThereIsABadSignatureAndNotLogged() {
        int before = scene.entries().size();

        assertRefused(ask(ask(), OF_POOL, new byte[71], Optional.empty()), RefusalCode.REQUEST_BAD_SIGNATURE);
        assertRefused(ask(ask(), new byte[66], OF_WORKER, Optional.empty()), RefusalCode.REQUEST_BAD_SIGNATURE);
        scene.chain.knows(scene.facts().poolOwner(TestStore.address(0xc3)).facts());
        assertRefused(askSigned(), RefusalCode.REQUEST_BAD_SIGNATURE);
        assertThat(scene.entries()).hasSize(before);
    }

    @Test
    void theWorkersContractIsAskedAboutTheTypedAskAndNothingElse() {
        Ask later = new Ask(
                TestFacts.TASK,
                "app",
                WORKER,
                scene.enclaveChallenge(),
                ask().deadline().plusSeconds(1));

        assertRefused(ask(later, OF_POOL, OF_WORKER, Optional.empty()), RefusalCode.REQUEST_BAD_SIGNATURE);
    }

    @Test
    void aKeyThatTheWalletDroppedSinceTheSettledBlockCountsNoMore() {
        scene.chain.contract(
                POOL,
                (settled, hash, signature) -> settled
                        ? new WalletLookup.Approves(FakeChain.provenance(12))
                        : new WalletLookup.Refuses(FakeChain.provenance(0)));

        assertRefused(askSigned(), RefusalCode.REQUEST_BAD_SIGNATURE);
    }

    @Test
    void aContractThatCannotBeAskedIsAnOutage() {
        for (ChainFailure.Kind kind : ChainFailure.Kind.values()) {
            scene.chain.contract(
                    WORKER,
                    (settled, hash, signature) -> new WalletLookup.Unavailable(new ChainFailure(kind, "scripted")));

            assertRefused(
                    askSigned(),
                    kind == ChainFailure.Kind.STALE_HEAD ? RefusalCode.CHAIN_STALE : RefusalCode.CHAIN_UNAVAILABLE);
        }
    }

    @Test
    void aRefusalOfATaskThatAContractAuthorisedIsLoggedWithItsProvenance() {
        scene.chain.knows(scene.facts()
                .poolOwner(POOL)
                .status(TaskStatus.ACTIVE, TaskStatus.FAILED)
                .facts());

        assertRefused(askSigned(), RefusalCode.CHAIN_TASK_NOT_ACTIVE);
        var last = scene.entries().getLast();
        assertThat(last.event()).isEqualTo(Event.REFUSED);
        assertThat(last.fields())
                .containsEntry(Field.WORKER, WORKER.toString())
                .containsEntry(Field.SETTLEMENT_RULE, "depth 12")
                .containsEntry(Field.TRUST_LEVEL, "single-node")
                .containsEntry(Field.AGREEING_NODES, "1")
                .containsEntry(Field.NODES, "1");
    }

    @Test
    void whatTheAuthorisationSaysOfItsDealReachesTheChain() {
        DealClaim claim = new DealClaim(TestStore.bytes32(0xdea1), 3);

        askSigned();
        assertThat(scene.chain.claimed()).isEmpty();
        ask(ask(), OF_POOL, OF_WORKER, Optional.of(claim));
        assertThat(scene.chain.claimed()).contains(claim);
    }
}
