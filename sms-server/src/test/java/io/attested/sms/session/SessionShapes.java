package io.attested.sms.session;

import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;

import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.GrantPolicy;
import io.attested.sms.grant.Proof;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.DealParametersReader;
import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sessions of six deals, written by the real writer from facts and a vault; nothing in them is random but what the
 * writer draws, and that is replaced.
 */
public final class SessionShapes {
    /** EIP-55: {@code 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A}. */
    public static final Address WORKER = Address.parse("0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a");

    /** Ten characters, four zeros and the task id. */
    public static final SessionId ID = new SessionId("AbCdEf1234" + "0000" + TestFacts.TASK);

    public static final String CHALLENGE_KEY = "0x" + "33".repeat(32);
    public static final String VERSION = "v5.9";
    public static final String APP_MR_ENCLAVE = "a9".repeat(32);
    public static final String DATASET_KEY = "ZGF0YXNldC1rZXk=";
    public static final String FIRST_FILE = "https://files.example/a?x=1&y=2";
    public static final String SECOND_FILE = "https://files.example/b";

    static final Address POOL_OWNER = address(0x9001);

    /** What differs between the deals. */
    public enum Shape {
        /** A callback, so that no token is needed; nobody pushed anything. */
        NO_SECRETS,
        /** A dataset with its key; the worker's IPFS token. */
        DATASET,
        /** Three datasets of a bulk, each with its key; the worker's IPFS token. */
        BULK_OF_THREE,
        /** A result for the beneficiary's key; IPFS with the workerpool's proxy. */
        ENCRYPTED_RESULT,
        /** The app developer's secret, two requester's secrets of which one was never pushed; arguments. */
        REQUESTER_SECRETS,
        /** Two input files; the requester's Dropbox. */
        INPUT_FILES
    }

    private final MemoryVault memory;
    private final Pipelines pipelines;

    private SessionShapes(MemoryVault memory, Pipelines pipelines) {
        this.memory = memory;
        this.pipelines = pipelines;
    }

    /** With a vault that holds nothing and one pipeline for each framework. */
    static SessionShapes empty() {
        return new SessionShapes(new MemoryVault(), pipelines());
    }

    /** The session of a deal. */
    public static StagedSession of(TeeFramework framework, Shape shape) {
        return of(framework, shape, APP_MR_ENCLAVE);
    }

    /** The session of a deal of an app with a three-part fingerprint in its configuration. */
    public static StagedSession ofTree(TeeFramework framework, Shape shape) {
        return of(framework, shape, TestFacts.MR_ENCLAVE + "|" + TestFacts.FSPF_KEY + "|" + TestFacts.FSPF_TAG);
    }

    private static StagedSession of(TeeFramework framework, Shape shape, String fingerprint) {
        SessionShapes shapes = empty();
        shapes.push(shape);
        return shapes.session(shapes.grant(facts(framework, shape, fingerprint).facts(), shape))
                .as(ID);
    }

    /** One pipeline of version {@value #VERSION} for each framework. */
    public static Pipelines pipelines() {
        return new Pipelines(Arrays.stream(TeeFramework.values())
                .map(SessionShapes::pipeline)
                .toList());
    }

    private static Pipeline pipeline(TeeFramework framework) {
        boolean scone = framework == TeeFramework.SCONE;
        return new Pipeline(
                framework,
                VERSION,
                new Pipeline.StageImage(
                        "registry.example/pre-compute:1", "1a".repeat(32), "java -jar /pre.jar", 1L << 30),
                new Pipeline.StageImage(
                        "registry.example/post-compute:1", "2b".repeat(32), "java -jar /post.jar", 1L << 30),
                scone ? "registry.example/las:1" : "");
    }

    /** The facts of a deal; a test may change them. */
    static TestFacts facts(TeeFramework framework, Shape shape, String fingerprint) {
        TestFacts facts = TestFacts.live()
                .tag(tag(framework))
                .params(params(shape))
                .mrenclave(framework == TeeFramework.TDX ? "" : configuration(framework, fingerprint))
                .checksum(bytes32(0xc4ec));
        if (shape != Shape.DATASET) {
            facts.withoutDataset();
        }
        return shape == Shape.NO_SECRETS ? facts.callback(address(0xca11)) : facts;
    }

    static int tag(TeeFramework framework) {
        return switch (framework) {
            case SCONE -> 3;
            case GRAMINE -> 5;
            case TDX -> 9;
        };
    }

    static String configuration(TeeFramework framework, String fingerprint) {
        return "{\"framework\":\"" + framework + "\",\"version\":\"" + VERSION
                + "\",\"entrypoint\":\"node /app/app.js\",\"heapSize\":1073741824,\"fingerprint\":\"" + fingerprint
                + "\"}";
    }

    private static String params(Shape shape) {
        return switch (shape) {
            case NO_SECRETS, DATASET, BULK_OF_THREE -> "{}";
            case ENCRYPTED_RESULT -> "{\"iexec_result_encryption\":true,\"iexec_result_storage_provider\":\"ipfs\"}";
            case REQUESTER_SECRETS ->
                "{\"iexec_args\":\"--verbose 'two words'\",\"iexec_secrets\":{\"1\":\"first\",\"3\":\"third\"}}";
            case INPUT_FILES ->
                "{\"iexec_input_files\":[\"" + FIRST_FILE + "\",\"" + SECOND_FILE
                        + "\"],\"iexec_result_storage_provider\":\"dropbox\","
                        + "\"iexec_result_storage_proxy\":\"https://proxy.deal\"}";
        };
    }

    /** Pushes what the deal's parties push. */
    void push(Shape shape) {
        switch (shape) {
            case NO_SECRETS -> {
                // Nothing at all.
            }
            case DATASET -> {
                memory.push(new SecretId.DatasetKey(TestFacts.DATASET), TestFacts.DATASET_OWNER, DATASET_KEY);
                account(WORKER, "iexec-result-iexec-ipfs-token", " worker-token\n");
            }
            case BULK_OF_THREE -> {
                IntStream.rangeClosed(1, 3)
                        .forEach(number -> memory.push(
                                new SecretId.DatasetKey(bulkDataset(number)),
                                TestFacts.DATASET_OWNER,
                                "bulk-key-" + number));
                account(WORKER, "iexec-result-iexec-ipfs-token", "worker-token");
            }
            case ENCRYPTED_RESULT -> {
                account(TestFacts.REQUESTER, "iexec-result-encryption-public-key", "LS0tLS1QVUJMSUM=\n");
                account(TestFacts.REQUESTER, "iexec-result-iexec-ipfs-token", "requester-token");
                account(POOL_OWNER, "iexec-result-iexec-result-proxy-url", "https://proxy.pool");
            }
            case REQUESTER_SECRETS -> {
                memory.push(new SecretId.AppSecret(TestFacts.APP), TestFacts.APP_OWNER, "app secret ");
                memory.push(
                        new SecretId.RequesterSecret(
                                TestFacts.REQUESTER,
                                RequesterSecretName.tryParse("first").orElseThrow()),
                        TestFacts.REQUESTER,
                        " first: é \"quoted\"");
                account(TestFacts.REQUESTER, "iexec-result-iexec-ipfs-token", "requester-token");
            }
            case INPUT_FILES -> account(TestFacts.REQUESTER, "iexec-result-dropbox-token", "dropbox-token");
        }
    }

    void account(Address owner, String name, String value) {
        memory.push(new SecretId.AccountSecret(owner, new AccountSecretName(name)), owner, value);
    }

    static Address bulkDataset(int number) {
        return address(0xb01c0 + number);
    }

    MemoryVault memory() {
        return memory;
    }

    /** What the policy grants on these facts; of a bulk, what it grants with the slice added. */
    Decision.Grant grant(TaskFacts facts, Shape shape) {
        Decision.Grant granted = (Decision.Grant) decide(facts);
        return shape == Shape.BULK_OF_THREE ? withBulk(granted) : granted;
    }

    Decision decide(TaskFacts facts) {
        GrantPolicy policy = new GrantPolicy(EvidencePolicy.upToDateOnly(), Set.of(VERSION), List.of());
        return new TaskGate(policy, memory.vault(), () -> TestFacts.NOW).decide(facts, new Proof.WalletsOnly(), WORKER);
    }

    private static Decision.Grant withBulk(Decision.Grant granted) {
        List<Decision.GrantedSecret> secrets = new ArrayList<>(granted.secrets());
        List<BulkSlice.Element> elements = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            Dataset dataset = new Dataset(
                    bulkDataset(number),
                    TestFacts.DATASET_OWNER,
                    "https://bulk.example/" + number,
                    bytes32(0xb00 + number));
            elements.add(new BulkSlice.Usable(dataset, TestFacts.DATASET_OWNER));
            secrets.add(new Decision.GrantedSecret(
                    new SecretUse.BulkDatasetKey(number),
                    new SecretId.DatasetKey(dataset.address()),
                    TestFacts.DATASET_OWNER));
        }
        return withBulk(granted, new BulkSlice(elements), secrets);
    }

    static Decision.Grant withBulk(Decision.Grant granted, BulkSlice slice, List<Decision.GrantedSecret> secrets) {
        return new Decision.Grant(
                granted.facts(),
                granted.framework(),
                granted.code(),
                new DealParametersReader().read("{\"bulk_cid\":\"QmList\"}"),
                slice,
                secrets);
    }

    /** The real writer; only the challenge key is a known one. */
    SessionWriter writer() {
        return new SessionWriter(memory.vault(), task -> challengeKey(), pipelines, new SecureRandom());
    }

    private static TaskChallengeKey challengeKey() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0x33);
        return new TaskChallengeKey(
                SecretBytes.owning(key), Address.parse("0x5cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb"));
    }

    StagedSession session(Decision.Grant grant) {
        return switch (writer().write(grant, WORKER)) {
            case SessionWriter.Complete(StagedSession session) -> session;
            case SessionWriter.Lacking(SecretUse use) -> throw new AssertionError("lacks " + use);
        };
    }
}
