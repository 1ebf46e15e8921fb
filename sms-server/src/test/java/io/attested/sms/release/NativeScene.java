package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.binding.LaunchBinding;
import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import io.attested.sms.attestation.source.CachedCollateral;
import io.attested.sms.attestation.source.CollateralChecks;
import io.attested.sms.attestation.source.CollateralEvents;
import io.attested.sms.attestation.source.JdkWeb;
import io.attested.sms.attestation.source.PatientWeb;
import io.attested.sms.attestation.source.PcsClient;
import io.attested.sms.attestation.source.QuoteCollateral;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.jdbc.RedeemedNonces;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.grant.GrantPolicy;
import io.attested.sms.grant.ServedVersions;
import io.attested.sms.grant.TdxBaseImage;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.grant.UnusableDataset;
import io.attested.sms.identity.Ask;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.session.DecisionContext;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.ReleaseWriter;
import io.attested.sms.session.TaskBudget;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import io.attested.sms.task.bulk.BulkBook;
import io.attested.sms.task.bulk.BulkContents;
import io.attested.sms.task.bulk.BulkEvents;
import io.attested.sms.worker.ethereum.AskDomain;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service on a real store with a simulated platform, a chain a test sets and a clock it moves; a worker and a
 * workerpool with wallets of their own. Everything is right until a test makes one thing wrong.
 */
final class NativeScene implements AutoCloseable {
    static final String DATASET_KEY = "c2VjcmV0LWRhdGFzZXQta2V5LW9mLXRoaXJ0eS10d28=";
    static final byte[] MR_ENCLAVE = HexFormat.of().parseHex(TestFacts.MR_ENCLAVE);

    static final SimulatedBaseImage BASE_IMAGE = SimulatedBaseImage.named("base");

    final FakeChain chain = new FakeChain();
    final MovableClock clock = new MovableClock(TestFacts.NOW);
    final Wallet worker = wallet(0x11);
    final Wallet pool = wallet(0x22);
    final SimulatedIntel intel = SimulatedIntel.create(TestFacts.NOW, new SecureRandom());
    static final Bytes32 POLICY = TestStore.bytes32(0x9011c7);

    private volatile EvidenceJudge judge;
    final OpenStore store;
    final SecretVault vault;
    final IntentDomain domain;
    final ReleaseDesks desks;

    NativeScene(Path folder) {
        this(folder, Optional.empty(), UnusableDataset.REFUSE, Integer.MAX_VALUE);
    }

    /** One where a worker may redeem so many challenges for a task within an hour. */
    NativeScene(Path folder, int redemptions) {
        this(folder, Optional.empty(), UnusableDataset.REFUSE, redemptions);
    }

    /** One that serves bulk deals from this gateway. */
    NativeScene(Path folder, BulkContents gateway, UnusableDataset onUnusable) {
        this(folder, Optional.of(gateway), onUnusable, Integer.MAX_VALUE);
    }

    private NativeScene(Path folder, Optional<BulkContents> gateway, UnusableDataset onUnusable, int redemptions) {
        store = TestStore.open(folder);
        vault = TestStore.vault(store);
        domain = new IntentDomain(
                65535, TestStore.HUB, store.keyring().serviceKey().serviceId());
        GrantPolicy policy = new GrantPolicy(
                EvidencePolicy.upToDateOnly(),
                ServedVersions.ofAll(Set.of("v5.9")),
                List.of(listedImage()),
                onUnusable);
        Optional<BulkBook> bulks = gateway.map(contents ->
                new BulkBook(chain, contents, new BulkBook.Patience(Duration.ofMinutes(1), 2), BulkEvents.NONE, clock));
        RedeemedNonces nonces = new RedeemedNonces(store.database().jdbc());
        judge = new GivenCollateralJudge(new QuoteVerifier(intel.trustRoot()), EvidencePolicy.standard(), clock);
        desks = ReleaseDesks.open(
                new ReleaseDesks.Surroundings(
                        domain,
                        new TaskBook(chain, clock),
                        new TaskGate(policy, vault, bulks, clock),
                        new SignatureJudge(chain),
                        store.keyring(),
                        new DecisionRecorder(
                                store.log(),
                                new DecisionContext("dev", "single-node", TestStore.MEASUREMENTS, POLICY),
                                clock),
                        new TaskBudget(redemptions, clock),
                        new SecureRandom(),
                        clock),
                new LoggedNonces(store.log(), nonces::redeem, nonces::forgetExpired, clock),
                judge(),
                new HpkeX25519(),
                new ReleaseWriter(vault, store.keyring()));
        chain.knows(facts().facts());
        vault.push(TestStore.push(new SecretId.DatasetKey(TestFacts.DATASET), TestFacts.DATASET_OWNER, DATASET_KEY));
    }

    private static TdxBaseImage listedImage() {
        return new TdxBaseImage(
                "base",
                Set.of("v5.9"),
                BASE_IMAGE.mrTd(),
                BASE_IMAGE.rtmrs(),
                TdxBaseImage.Launch.of(SimulatedTrustDomain.SEPT_VE_DISABLE, SimulatedTrustDomain.USUAL_XFAM));
    }

    /** Judges with what the test installed, at first with what comes with the evidence. */
    private EvidenceJudge judge() {
        return (request, unfit) -> judge.judge(request, unfit);
    }

    /** Judges with the service's own collateral, which comes from {@code pccs}. */
    CachedCollateral judgeWithOwnCollateral(URI pccs) throws IOException {
        CollateralChecks checks = CollateralChecks.under(intel.trustRoot());
        PatientWeb web = new PatientWeb(JdkWeb.open(), Duration.ofSeconds(5), clock, new SecureRandom(), time -> {});
        CachedCollateral cache = CachedCollateral.open(
                new CachedCollateral.Surroundings(
                        checks,
                        Optional.of(PcsClient.pccs(web, pccs)),
                        Optional.empty(),
                        clock,
                        task -> Thread.ofVirtual().start(task),
                        CollateralEvents.none()),
                new CachedCollateral.Terms(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(30), 3, 64));
        judge = new OwnCollateralJudge(
                new QuoteVerifier(intel.trustRoot()),
                new QuoteCollateral(new QuoteVerifier(intel.trustRoot()), checks, cache),
                EvidencePolicy.standard(),
                clock);
        return cache;
    }

    /** A live task of this scene's workerpool whose result goes to a callback. */
    TestFacts facts() {
        return TestFacts.live().poolOwner(Address.parse(pool.address().hex())).callback(TestStore.address(0xcb));
    }

    static Wallet wallet(int fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return Wallet.ofPrivateKey(SecretBytes.owning(key)).orElseThrow();
    }

    Address workerAddress() {
        return Address.parse(worker.address().hex());
    }

    Address enclaveChallenge() {
        return store.keyring()
                .challengeKey(65535, TestStore.HUB, TestFacts.TASK)
                .address();
    }

    Ask ask() {
        return new Ask(
                TestFacts.TASK,
                "app",
                workerAddress(),
                enclaveChallenge(),
                clock.instant().plusSeconds(60));
    }

    AskRequest request(Ask ask) {
        return request(ask, worker, pool);
    }

    AskRequest request(Ask ask, Wallet asker, Wallet authoriser) {
        byte[] authorization = IexecDigests.authorization(
                workerAddress().bytes(), TestFacts.TASK, enclaveChallenge().bytes());
        return new AskRequest(
                TestFacts.TASK,
                workerAddress(),
                enclaveChallenge(),
                Optional.empty(),
                personal(authoriser, authorization),
                ask,
                typed(asker, ask, domain));
    }

    static Optional<SentSignature> personal(Wallet wallet, byte[] digest) {
        return SentSignature.parse(wallet.signMessage(io.attested.sms.worker.ethereum.Bytes32.of(digest))
                .hex());
    }

    /** Signed by the client's own EIP-712 code, so that client and server check each other. */
    static Optional<SentSignature> typed(Wallet wallet, Ask ask, IntentDomain domain) {
        var clientAsk = new io.attested.sms.worker.ethereum.Ask(
                io.attested.sms.worker.ethereum.Bytes32.of(ask.chainTaskId().bytes()),
                ask.stage(),
                EthereumAddress.of(ask.worker().bytes()),
                EthereumAddress.of(ask.enclaveChallenge().bytes()),
                ask.deadline().getEpochSecond());
        var clientDomain = new AskDomain(
                domain.chainId(),
                EthereumAddress.of(domain.hub().bytes()),
                io.attested.sms.worker.ethereum.Bytes32.of(domain.serviceId().bytes()));
        return SentSignature.parse(wallet.signAsk(clientAsk, clientDomain).hex());
    }

    AskOutcome.Issued challenge() {
        return (AskOutcome.Issued) desks.challenges().ask(request(ask()));
    }

    /** The registered enclave, launched for this service. */
    SimulatedEnclave enclave() {
        return SimulatedEnclave.of(intel, MR_ENCLAVE).withConfigId(configId());
    }

    byte[] configId() {
        return LaunchBinding.configId(
                store.keyring().serviceKey().publicKey().bytes(),
                HexFormat.of().parseHex(TestFacts.FSPF_KEY),
                HexFormat.of().parseHex(TestFacts.FSPF_TAG));
    }

    /** What an enclave says about itself for a challenge; a test changes members. */
    Map<String, Object> runtimeData(AskOutcome.Issued challenge, byte[] encryptionKey) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("purpose", ReportBinding.WORKER_DOMAIN);
        data.put("chainId", 65535);
        data.put("hub", TestStore.HUB.toString());
        data.put("serviceKey", "0x" + challenge.serviceKey().hex());
        data.put("challenge", challenge.challenge());
        data.put("nonce", challenge.nonce().toString());
        data.put("chainTaskId", TestFacts.TASK.toString());
        data.put("stage", "app");
        data.put("worker", workerAddress().toString());
        data.put("kem", HpkeX25519.KEM);
        data.put("encryptionKey", Base64.getEncoder().encodeToString(encryptionKey));
        return data;
    }

    static byte[] json(Map<String, Object> data) {
        return JsonMapper.shared().writeValueAsBytes(data);
    }

    RedeemRequest redemption(AskOutcome.Issued challenge, SimulatedEnclave enclave, byte[] runtimeData) {
        byte[] quote = enclave.quote(ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData));
        return redemption(challenge, quote, runtimeData);
    }

    RedeemRequest redemption(AskOutcome.Issued challenge, byte[] quote, byte[] runtimeData) {
        return new RedeemRequest(
                challenge.challenge(),
                ByteString.copyOf(quote),
                ByteString.copyOf(runtimeData),
                Optional.of(() -> new CollateralParsing.Parsed(intel.collateral())));
    }

    /** The plaintext, if {@code opener} opens the envelope as the boot stage would. */
    static Optional<String> open(EnvelopeOpener opener, RedeemOutcome.Granted granted, byte[] runtimeData) {
        SealedBytes sealed = granted.envelope();
        return opener.open(
                        sealed,
                        "sms-envelope/1".getBytes(StandardCharsets.US_ASCII),
                        ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData))
                .map(secret -> secret.text(RawSecretAccess.to("look at it in a test")));
    }

    List<AuditEntry> entries() {
        return store.log().entriesAfter(0, 1000).stream().map(LogEntry::entry).toList();
    }

    @Override
    public void close() {
        store.close();
    }

    /** A clock a test moves. */
    static final class MovableClock implements java.time.InstantSource {
        private volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
