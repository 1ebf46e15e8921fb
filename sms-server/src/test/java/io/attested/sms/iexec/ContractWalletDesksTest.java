package io.attested.sms.iexec;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.audit.Field;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.grant.GrantPolicy;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.release.FakeChain;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.session.DecisionContext;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.NativePublisher;
import io.attested.sms.session.SessionPublishers;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The desks of the iExec contract when whoever should have signed is a contract. */
class ContractWalletDesksTest {
    private static final Address WALLET = TestStore.address(0xc0);
    private static final Address POOL = TestStore.address(0xc2);
    private static final Address ENCLAVE = TestStore.address(0xec);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SIGNATURE = new byte[130];
    private static final String SENT = "0x" + HexFormat.of().formatHex(SIGNATURE);

    private final FakeChain chain = new FakeChain();
    private OpenStore store;
    private PushDesk pushes;
    private SessionDesk sessions;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        SecretVault vault = TestStore.vault(store);
        InstantSource clock = InstantSource.fixed(TestFacts.NOW);
        SignatureJudge signatures = new SignatureJudge(chain);
        pushes = new PushDesk(chain, signatures, vault);
        DecisionRecorder recorder = new DecisionRecorder(
                store.log(),
                new DecisionContext("dev", "single-node", TestStore.MEASUREMENTS, TestStore.bytes32(1)),
                clock);
        sessions = new SessionDesk(
                new IntentDomain(
                        65535, TestStore.HUB, store.keyring().serviceKey().serviceId()),
                new TaskBook(chain, clock),
                new TaskGate(new GrantPolicy(EvidencePolicy.upToDateOnly(), Set.of("v5.9"), List.of()), vault, clock),
                signatures,
                store.keyring(),
                SessionPublishers.all(new NativePublisher("localhost:1", recorder, new SecureRandom())),
                recorder,
                Duration.ZERO);
        chain.knows(TestFacts.live()
                .withoutDataset()
                .callback(TestStore.address(0xcb))
                .poolOwner(POOL)
                .facts());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] personal(Bytes32 challenge) {
        return IexecDigests.personalMessage(challenge.bytes());
    }

    private void approves(Address wallet, byte[] hash) {
        chain.contract(wallet, FakeChain.approving(hash, SIGNATURE));
    }

    private void cannotBeAsked(Address wallet) {
        chain.contract(
                wallet,
                (settled, hash, signature) ->
                        new WalletLookup.Unavailable(new ChainFailure(ChainFailure.Kind.TIMEOUT, "scripted")));
    }

    // Pushes

    private void assertPushed(Supplier<PushDesk.Outcome> push, byte[] signed) {
        assertThat(push.get()).as("no contract").isEqualTo(new PushDesk.Outcome.Unauthorized());
        approves(WALLET, new byte[32]);
        assertThat(push.get()).as("approves another hash").isEqualTo(new PushDesk.Outcome.Unauthorized());
        cannotBeAsked(WALLET);
        assertThat(push.get()).as("cannot be asked").isEqualTo(new PushDesk.Outcome.ChainUnavailable());
        approves(WALLET, signed);
        assertThat(push.get()).isEqualTo(new PushDesk.Outcome.Stored());
        assertThat(store.log()
                        .entriesAfter(store.log().head().sequence() - 1, 1)
                        .getFirst()
                        .entry()
                        .fields())
                .containsEntry(Field.OWNER, WALLET.toString())
                .containsEntry(Field.HEAD_BLOCK, "100")
                .containsEntry(Field.TRUST_LEVEL, "single-node")
                .containsEntry(Field.NODES, "1")
                .doesNotContainKeys(Field.SETTLED_BLOCK, Field.DEPTH);
        assertThat(push.get()).as("a second time").isEqualTo(new PushDesk.Outcome.AlreadyExists());
    }

    @Test
    void aDatasetsKeyIsTakenFromTheContractThatOwnsIt() {
        chain.owns(WALLET, TestFacts.DATASET);

        assertPushed(
                () -> pushes.pushDatasetKey(TestFacts.DATASET.toString(), SENT, VALUE),
                personal(IexecDigests.datasetKey(TestFacts.DATASET, VALUE)));
    }

    @Test
    void anAppsSecretIsTakenFromTheContractThatOwnsIt() {
        chain.owns(WALLET, TestFacts.APP);

        assertPushed(
                () -> pushes.pushAppSecret(TestFacts.APP, SENT, VALUE),
                personal(IexecDigests.namedSecret(TestFacts.APP, "1", VALUE)));
    }

    @Test
    void aRequestersSecretIsTakenFromAContract() {
        SecretId.RequesterSecret id = new SecretId.RequesterSecret(WALLET, new RequesterSecretName("key"));

        assertPushed(
                () -> pushes.pushRequesterSecret(WALLET, "key", Optional.of(id), SENT, VALUE),
                personal(IexecDigests.namedSecret(WALLET, "key", VALUE)));
        assertThat(pushes.pushRequesterSecret(WALLET, "key", Optional.empty(), SENT, VALUE))
                .isEqualTo(new PushDesk.Outcome.BadName());
    }

    @Test
    void anAccountsSecretIsTakenFromAContractAndReplacedByIt() {
        SecretId.AccountSecret id = new SecretId.AccountSecret(WALLET, new AccountSecretName("name"));
        PushDesk.AccountWrite write = new PushDesk.AccountWrite(WALLET, "name", Optional.of(id), SENT, VALUE);

        assertPushed(() -> pushes.pushAccountSecret(write), personal(IexecDigests.namedSecret(WALLET, "name", VALUE)));
        assertThat(pushes.replaceAccountSecret(write)).isEqualTo(new PushDesk.Outcome.Stored());
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        assertThat(pushes.replaceAccountSecret(new PushDesk.AccountWrite(WALLET, "name", Optional.of(id), SENT, other)))
                .as("signed for another value")
                .isEqualTo(new PushDesk.Outcome.Unauthorized());
    }

    @Test
    void aContractDecidesOnItsOwnAssetOnly() {
        chain.owns(TestFacts.DATASET_OWNER, TestFacts.DATASET);
        approves(WALLET, personal(IexecDigests.datasetKey(TestFacts.DATASET, VALUE)));

        assertThat(pushes.pushDatasetKey(TestFacts.DATASET.toString(), SENT, VALUE))
                .isEqualTo(new PushDesk.Outcome.Unauthorized());
    }

    // Challenges and sessions

    private static byte[] authorization() {
        return IexecDigests.personalMessage(
                IexecDigests.authorization(WALLET.bytes(), TestFacts.TASK, ENCLAVE.bytes()));
    }

    private SessionDesk.SessionOutcome session() {
        return sessions.session(new SessionDesk.SessionRequest(
                TestFacts.TASK, WALLET, Optional.of(ENCLAVE), SentSignature.parse(SENT), SentSignature.parse(SENT)));
    }

    private static SessionDesk.SessionOutcome refused(SessionError error) {
        return new SessionDesk.SessionOutcome.Refused(error);
    }

    @Test
    void aChallengeIsServedToThePoolsContract() {
        byte[] digest =
                IexecDigests.personalMessage(IexecDigests.authorization(new byte[0], TestFacts.TASK, new byte[0]));
        Optional<SentSignature> signature = SentSignature.parse(SENT);

        assertThat(sessions.challenge(TestFacts.TASK, signature))
                .isEqualTo(new SessionDesk.ChallengeOutcome.Unauthorized());
        approves(POOL, new byte[32]);
        assertThat(sessions.challenge(TestFacts.TASK, signature))
                .isEqualTo(new SessionDesk.ChallengeOutcome.Unauthorized());
        cannotBeAsked(POOL);
        assertThat(sessions.challenge(TestFacts.TASK, signature)).isEqualTo(new SessionDesk.ChallengeOutcome.Outage());
        approves(POOL, digest);
        assertThat(sessions.challenge(TestFacts.TASK, signature))
                .isInstanceOf(SessionDesk.ChallengeOutcome.Served.class);
    }

    @Test
    void aSessionIsServedWhenTheContractsOfWorkerAndPoolApprove() {
        assertThat(session()).isEqualTo(refused(SessionError.INVALID_AUTHORIZATION));
        cannotBeAsked(WALLET);
        assertThat(session()).isInstanceOf(SessionDesk.SessionOutcome.Outage.class);
        approves(WALLET, authorization());
        assertThat(session()).isEqualTo(refused(SessionError.EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE));
        cannotBeAsked(POOL);
        assertThat(session()).isInstanceOf(SessionDesk.SessionOutcome.Outage.class);
        approves(POOL, authorization());
        assertThat(session()).isInstanceOf(SessionDesk.SessionOutcome.Served.class);
    }

    @Test
    void theWordOfAContractOverTheHeadIsNoneOverTheSettledBlock() {
        approves(WALLET, authorization());
        chain.contract(
                POOL,
                (settled, hash, signature) -> settled
                        ? new WalletLookup.Refuses(FakeChain.provenance(12))
                        : new WalletLookup.Approves(FakeChain.provenance(0)));

        assertThat(session()).isEqualTo(refused(SessionError.EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE));
    }

    @Test
    void aTaskThatIsNotSettledWaitsOnlyOnItsPoolsWordAtTheHead() {
        approves(WALLET, authorization());
        var facts = TestFacts.live().poolOwner(POOL).facts();
        chain.answers(TestFacts.TASK, new TaskLookup.NotSettled(facts.settled(), facts.head()));
        chain.answersAtHead(TestFacts.TASK, new TaskLookup.Found(facts));

        assertThat(session()).isEqualTo(refused(SessionError.EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE));
        cannotBeAsked(POOL);
        assertThat(session()).isInstanceOf(SessionDesk.SessionOutcome.Outage.class);
        approves(POOL, authorization());
        int before = chain.lookups();
        assertThat(session()).isInstanceOf(SessionDesk.SessionOutcome.Outage.class);
        assertThat(chain.lookups()).as("asked, asked at the head, waited").isEqualTo(before + 3);
    }

    @Test
    void aRequestThatNamesNoTaskIsJudgedByItsSignatureAllTheSame() {
        byte[] digest =
                IexecDigests.personalMessage(IexecDigests.authorizationOfNoTask(WALLET.bytes(), ENCLAVE.bytes()));
        Optional<SentSignature> signature = SentSignature.parse(SENT);

        assertThat(sessions.sessionOfNoTask(WALLET, Optional.of(ENCLAVE), signature))
                .isEqualTo(refused(SessionError.INVALID_AUTHORIZATION));
        cannotBeAsked(WALLET);
        assertThat(sessions.sessionOfNoTask(WALLET, Optional.of(ENCLAVE), signature))
                .isInstanceOf(SessionDesk.SessionOutcome.Outage.class);
        approves(WALLET, digest);
        assertThat(sessions.sessionOfNoTask(WALLET, Optional.of(ENCLAVE), signature))
                .isEqualTo(refused(SessionError.EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED));
    }
}
