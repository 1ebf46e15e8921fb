package io.attested.sms.session;

import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.secret.SecretId;
import io.attested.sms.session.SessionShapes.Shape;
import io.attested.sms.session.StagedSession.FileSystem;
import io.attested.sms.session.StagedSession.Stage;
import io.attested.sms.session.StagedSession.StageName;
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions as the tables of the iExec contract describe them, sections 4.2 and 4.3. */
class SessionWriterTest {
    private static final String TASK = TestFacts.TASK.toString();
    private static final String DEAL = bytes32(0xdea1).toString();
    private static final String ZERO = "0x" + "0".repeat(40);

    private static Map<String, String> environment(StagedSession session, StageName name) {
        return stage(session, name).environment();
    }

    private static Stage stage(StagedSession session, StageName name) {
        return session.stages().stream()
                .filter(stage -> stage.name() == name)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> signTokens() {
        return values(
                "IEXEC_TASK_ID",
                TASK,
                "SIGN_WORKER_ADDRESS",
                "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A",
                "SIGN_TEE_CHALLENGE_PRIVATE_KEY",
                SessionShapes.CHALLENGE_KEY);
    }

    /** The application's values of a deal without dataset and input files. */
    private static Map<String, String> plainApplication() {
        return values(
                "IEXEC_DEAL_ID", DEAL,
                "IEXEC_TASK_INDEX", "0",
                "IEXEC_TASK_ID", TASK,
                "IEXEC_IN", "/iexec_in",
                "IEXEC_OUT", "/iexec_out",
                "IEXEC_BOT_SIZE", "1",
                "IEXEC_BOT_FIRST_INDEX", "0",
                "IEXEC_BOT_TASK_INDEX", "0",
                "IEXEC_DATASET_ADDRESS", ZERO,
                "IEXEC_DATASET_FILENAME", ZERO,
                "IEXEC_INPUT_FILES_NUMBER", "0");
    }

    private static Map<String, String> result(
            String encryption, String key, String callback, String provider, String proxy, String token) {
        Map<String, String> values = signTokens();
        values.putAll(values(
                "RESULT_ENCRYPTION", encryption,
                "RESULT_ENCRYPTION_PUBLIC_KEY", key,
                "RESULT_STORAGE_CALLBACK", callback,
                "RESULT_STORAGE_PROVIDER", provider,
                "RESULT_STORAGE_PROXY", proxy,
                "RESULT_STORAGE_TOKEN", token));
        return values;
    }

    private static Map<String, String> values(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    /** Order counts: stores show their users the session as it was written. */
    private static void assertExactly(Map<String, String> seen, Map<String, String> expected) {
        assertThat(List.copyOf(seen.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
    }

    @ParameterizedTest
    @EnumSource(TeeFramework.class)
    void aDealWithoutAnythingHasNoPreComputeAndEmptyStorage(TeeFramework framework) {
        StagedSession session = SessionShapes.of(framework, Shape.NO_SECRETS);

        assertThat(session.framework()).isEqualTo(framework);
        assertThat(session.stages()).extracting(Stage::name).containsExactly(StageName.APP, StageName.POST_COMPUTE);
        assertExactly(environment(session, StageName.APP), plainApplication());
        assertExactly(environment(session, StageName.POST_COMPUTE), result("false", "", "true", "", "", ""));
    }

    @Test
    void aDatasetsKeyGoesToThePreComputeAloneAndUntrimmed() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.memory().push(new SecretId.DatasetKey(TestFacts.DATASET), TestFacts.DATASET_OWNER, " key\n");
        shapes.account(SessionShapes.WORKER, "iexec-result-iexec-ipfs-token", "\t worker-token\r\n");
        TaskFacts facts = SessionShapes.facts(TeeFramework.SCONE, Shape.DATASET, SessionShapes.APP_MR_ENCLAVE)
                .facts();

        StagedSession session = shapes.session(shapes.grant(facts, Shape.DATASET));

        Map<String, String> expected = signTokens();
        expected.putAll(values(
                "IEXEC_PRE_COMPUTE_OUT", "/iexec_in",
                "IS_DATASET_REQUIRED", "true",
                "IEXEC_DATASET_KEY", " key\n",
                "IEXEC_DATASET_URL", "https://data",
                "IEXEC_DATASET_CHECKSUM", bytes32(2).toString(),
                "IEXEC_DATASET_FILENAME", TestFacts.DATASET.toString(),
                "IEXEC_DEAL_ID", DEAL,
                "IEXEC_TASK_INDEX", "0",
                "IEXEC_INPUT_FILES_NUMBER", "0"));
        assertExactly(environment(session, StageName.PRE_COMPUTE), expected);
        Map<String, String> application = plainApplication();
        application.put("IEXEC_DATASET_ADDRESS", TestFacts.DATASET.toString());
        application.put("IEXEC_DATASET_FILENAME", TestFacts.DATASET.toString());
        assertExactly(environment(session, StageName.APP), application);
        assertExactly(
                environment(session, StageName.POST_COMPUTE), result("false", "", "false", "", "", "worker-token"));
    }

    @Test
    void theKeysOfABulkGoToThePreComputeAndItsFileNamesToTheApplication() {
        StagedSession session = SessionShapes.of(TeeFramework.SCONE, Shape.BULK_OF_THREE);

        Map<String, String> expected = signTokens();
        expected.putAll(values(
                "IEXEC_PRE_COMPUTE_OUT", "/iexec_in",
                "IS_DATASET_REQUIRED", "false",
                "IEXEC_DEAL_ID", DEAL,
                "IEXEC_TASK_INDEX", "0",
                "IEXEC_INPUT_FILES_NUMBER", "0",
                "IEXEC_BULK_SLICE_SIZE", "3"));
        Map<String, String> application = plainApplication();
        application.put("IEXEC_BULK_SLICE_SIZE", "3");
        for (int number = 1; number <= 3; number++) {
            String name = SessionShapes.bulkDataset(number).toString();
            expected.put("IEXEC_DATASET_" + number + "_URL", "https://bulk.example/" + number);
            expected.put(
                    "IEXEC_DATASET_" + number + "_CHECKSUM",
                    bytes32(0xb00 + number).toString());
            expected.put("IEXEC_DATASET_" + number + "_KEY", "bulk-key-" + number);
            expected.put("IEXEC_DATASET_" + number + "_FILENAME", name);
            application.put("IEXEC_DATASET_" + number + "_FILENAME", name);
        }
        assertExactly(environment(session, StageName.PRE_COMPUTE), expected);
        assertExactly(environment(session, StageName.APP), application);
    }

    @Test
    void anOrderThatFailedItsChecksIsBlankedAndASecretNobodyPushedIsAnEmptyKey() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.push(Shape.BULK_OF_THREE);
        Decision.Grant granted = shapes.grant(
                SessionShapes.facts(TeeFramework.SCONE, Shape.BULK_OF_THREE, SessionShapes.APP_MR_ENCLAVE)
                        .facts(),
                Shape.BULK_OF_THREE);
        BulkSlice slice = new BulkSlice(List.of(
                new BulkSlice.Unusable(SessionShapes.bulkDataset(1), "not signed by its owner"),
                granted.bulk().elements().get(1)));
        Decision.Grant keyless = SessionShapes.withBulk(
                granted,
                slice,
                granted.secrets().stream()
                        .filter(secret -> !(secret.use() instanceof SecretUse.BulkDatasetKey))
                        .toList());

        Map<String, String> seen = environment(shapes.session(keyless), StageName.PRE_COMPUTE);

        assertThat(seen)
                .containsEntry("IEXEC_BULK_SLICE_SIZE", "2")
                .containsEntry("IEXEC_DATASET_1_URL", "")
                .containsEntry("IEXEC_DATASET_1_CHECKSUM", "")
                .containsEntry("IEXEC_DATASET_1_KEY", "")
                .containsEntry(
                        "IEXEC_DATASET_1_FILENAME", SessionShapes.bulkDataset(1).toString())
                .containsEntry("IEXEC_DATASET_2_URL", "https://bulk.example/2")
                .containsEntry("IEXEC_DATASET_2_KEY", "")
                .doesNotContainKey("IEXEC_DATASET_3_URL");
    }

    @Test
    void anEmptySliceIsSaidToBeEmpty() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.push(Shape.BULK_OF_THREE);
        Decision.Grant granted = shapes.grant(
                SessionShapes.facts(TeeFramework.SCONE, Shape.DATASET, SessionShapes.APP_MR_ENCLAVE)
                        .withoutDataset()
                        .facts(),
                Shape.NO_SECRETS);

        StagedSession session = shapes.session(SessionShapes.withBulk(granted, BulkSlice.none(), granted.secrets()));

        assertThat(environment(session, StageName.PRE_COMPUTE)).containsEntry("IEXEC_BULK_SLICE_SIZE", "0");
        assertThat(environment(session, StageName.APP)).containsEntry("IEXEC_BULK_SLICE_SIZE", "0");
    }

    @Test
    void anEncryptedResultHasTheBeneficiarysKeyThePoolsProxyAndTheRequestersToken() {
        StagedSession session = SessionShapes.of(TeeFramework.GRAMINE, Shape.ENCRYPTED_RESULT);

        assertExactly(
                environment(session, StageName.POST_COMPUTE),
                result("true", "LS0tLS1QVUJMSUM=", "false", "ipfs", "https://proxy.pool", "requester-token"));
    }

    @Test
    void theWorkersTokenComesBeforeTheRequesters() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.push(Shape.ENCRYPTED_RESULT);
        shapes.account(SessionShapes.WORKER, "iexec-result-iexec-ipfs-token", "worker-token");
        TaskFacts facts = SessionShapes.facts(TeeFramework.SCONE, Shape.ENCRYPTED_RESULT, SessionShapes.APP_MR_ENCLAVE)
                .facts();

        StagedSession session = shapes.session(shapes.grant(facts, Shape.ENCRYPTED_RESULT));

        assertThat(environment(session, StageName.POST_COMPUTE)).containsEntry("RESULT_STORAGE_TOKEN", "worker-token");
    }

    @Test
    void aCallbackLeavesTheResultsStorageEmptyAndItsEncryptionAsAsked() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.push(Shape.ENCRYPTED_RESULT);
        TaskFacts facts = SessionShapes.facts(TeeFramework.SCONE, Shape.ENCRYPTED_RESULT, SessionShapes.APP_MR_ENCLAVE)
                .callback(address(0xca11))
                .facts();

        StagedSession session = shapes.session(shapes.grant(facts, Shape.ENCRYPTED_RESULT));

        assertExactly(
                environment(session, StageName.POST_COMPUTE), result("true", "LS0tLS1QVUJMSUM=", "true", "", "", ""));
    }

    @Test
    void computeSecretsAreVerbatimAndThoseNobodyPushedAreLeftOut() {
        StagedSession session = SessionShapes.of(TeeFramework.SCONE, Shape.REQUESTER_SECRETS);

        Map<String, String> expected = plainApplication();
        expected.put("IEXEC_APP_DEVELOPER_SECRET", "app secret ");
        expected.put("IEXEC_APP_DEVELOPER_SECRET_1", "app secret ");
        expected.put("IEXEC_REQUESTER_SECRET_1", " first: é \"quoted\"");
        assertExactly(environment(session, StageName.APP), expected);
        assertThat(environment(session, StageName.POST_COMPUTE))
                .doesNotContainKeys("IEXEC_APP_DEVELOPER_SECRET", "IEXEC_REQUESTER_SECRET_1");
    }

    @Test
    void inputFilesAreUrlsForThePreComputeAndHashesForTheApplication() {
        StagedSession session = SessionShapes.of(TeeFramework.TDX, Shape.INPUT_FILES);

        Map<String, String> expected = signTokens();
        expected.putAll(values(
                "IEXEC_PRE_COMPUTE_OUT", "/iexec_in",
                "IS_DATASET_REQUIRED", "false",
                "IEXEC_DEAL_ID", DEAL,
                "IEXEC_TASK_INDEX", "0",
                "IEXEC_INPUT_FILES_NUMBER", "2",
                "IEXEC_INPUT_FILES_FOLDER", "/iexec_in",
                "IEXEC_INPUT_FILE_URL_1", SessionShapes.FIRST_FILE,
                "IEXEC_INPUT_FILE_URL_2", SessionShapes.SECOND_FILE));
        assertExactly(environment(session, StageName.PRE_COMPUTE), expected);
        assertThat(environment(session, StageName.APP))
                .containsEntry("IEXEC_INPUT_FILES_NUMBER", "2")
                .containsEntry("IEXEC_INPUT_FILES_FOLDER", "/iexec_in")
                // printf %s "https://files.example/b" | sha256sum
                .containsEntry(
                        "IEXEC_INPUT_FILE_NAME_2",
                        "0x47ee3b2b8774484573ede7271db07f5697127d3854152991032beb87ce7dc52b");
        assertThat(environment(session, StageName.POST_COMPUTE))
                .containsEntry("RESULT_STORAGE_PROVIDER", "dropbox")
                .containsEntry("RESULT_STORAGE_PROXY", "https://proxy.deal")
                .containsEntry("RESULT_STORAGE_TOKEN", "dropbox-token");
    }

    // ---- code and command

    @Test
    void theStagesRunThePipelinesImagesAndTheAppsOwn() {
        StagedSession session = SessionShapes.of(TeeFramework.SCONE, Shape.INPUT_FILES);

        assertThat(stage(session, StageName.PRE_COMPUTE))
                .returns("registry.example/pre-compute:1", Stage::image)
                .returns("1a".repeat(32), Stage::fingerprint)
                .returns("java -jar /pre.jar", Stage::command);
        assertThat(stage(session, StageName.APP))
                .returns("image", Stage::image)
                .returns(SessionShapes.APP_MR_ENCLAVE, Stage::fingerprint)
                .returns("node /app/app.js", Stage::command);
        assertThat(stage(session, StageName.POST_COMPUTE))
                .returns("registry.example/post-compute:1", Stage::image)
                .returns("2b".repeat(32), Stage::fingerprint)
                .returns("java -jar /post.jar", Stage::command);
        assertThat(session.stages()).allMatch(stage -> stage.fileSystem().isEmpty());
    }

    @Test
    void argumentsFollowTheEntrypointUnquoted() {
        StagedSession session = SessionShapes.of(TeeFramework.SCONE, Shape.REQUESTER_SECRETS);

        assertThat(stage(session, StageName.APP).command()).isEqualTo("node /app/app.js --verbose 'two words'");
    }

    @Test
    void aThreePartFingerprintGivesItsTreeToTheStoreAndABareMeasurement() {
        StagedSession session = SessionShapes.ofTree(TeeFramework.SCONE, Shape.NO_SECRETS);

        Stage app = stage(session, StageName.APP);
        assertThat(app.fingerprint()).isEqualTo(TestFacts.MR_ENCLAVE);
        assertThat(app.fileSystem()).contains(new FileSystem(TestFacts.FSPF_KEY, TestFacts.FSPF_TAG));
        assertThat(stage(session, StageName.POST_COMPUTE).fileSystem()).isEmpty();
    }

    @Test
    void aTrustDomainsFingerprintIsTheChecksumOnChain() {
        StagedSession session = SessionShapes.of(TeeFramework.TDX, Shape.NO_SECRETS);

        assertThat(stage(session, StageName.APP).fingerprint())
                .isEqualTo(bytes32(0xc4ec).toString());
    }

    @Test
    void theIdIsFreshEachTimeAndNothingPrintsItself() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.push(Shape.DATASET);
        Decision.Grant grant = shapes.grant(
                SessionShapes.facts(TeeFramework.SCONE, Shape.DATASET, SessionShapes.APP_MR_ENCLAVE)
                        .facts(),
                Shape.DATASET);

        StagedSession one = shapes.session(grant);
        StagedSession other = shapes.session(grant);

        assertThat(one.id().value())
                .matches("[0-9A-Za-z]{10}0000" + TASK)
                .isNotEqualTo(other.id().value());
        assertThat(one.toString() + one.stages()).doesNotContain(SessionShapes.DATASET_KEY, "worker-token", "3333");
    }

    // ---- obstacles and lacks

    private static Refusal obstacle(TestFacts facts) {
        return SessionShapes.empty().writer().obstacle(facts.facts()).orElseThrow();
    }

    @Test
    void anAppThatNamesNoListedVersionIsAnObstacle() {
        SessionWriter writer = SessionShapes.empty().writer();
        for (TeeFramework framework : TeeFramework.values()) {
            assertThat(writer.obstacle(SessionShapes.facts(framework, Shape.NO_SECRETS, SessionShapes.APP_MR_ENCLAVE)
                            .facts()))
                    .isEmpty();
        }
        String another = SessionShapes.configuration(TeeFramework.SCONE, SessionShapes.APP_MR_ENCLAVE)
                .replace("v5.9", "v5.8");
        assertThat(obstacle(TestFacts.live().mrenclave(another)).code())
                .isEqualTo(RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID);
        assertThat(obstacle(TestFacts.live()).code())
                .as("a plain fingerprint names no version")
                .isEqualTo(RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED);
    }

    @Test
    void aTreeThatTheStoreCannotCompareIsAnObstacle() {
        SessionWriter writer = SessionShapes.empty().writer();
        String tree = TestFacts.MR_ENCLAVE + "|" + TestFacts.FSPF_KEY + "|" + TestFacts.FSPF_TAG;
        TaskFacts gramine = SessionShapes.facts(TeeFramework.GRAMINE, Shape.NO_SECRETS, tree)
                .facts();

        assertThat(writer.obstacle(gramine).orElseThrow().code())
                .isEqualTo(RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID);
        assertThatThrownBy(() -> SessionShapes.ofTree(TeeFramework.GRAMINE, Shape.NO_SECRETS))
                .isInstanceOf(IllegalStateException.class);
        assertThat(writer.obstacle(SessionShapes.facts(TeeFramework.SCONE, Shape.NO_SECRETS, tree)
                        .facts()))
                .isEmpty();
    }

    @Test
    void whatTheGrantPolicyRefusesIsNoObstacleHere() {
        SessionWriter writer = SessionShapes.empty().writer();
        assertThat(writer.obstacle(TestFacts.live().mrenclave("").facts())).isEmpty();
        assertThat(writer.obstacle(TestFacts.live().tag(0).facts())).isEmpty();
    }

    @Test
    void withoutAPipelineNothingIsWritten() {
        SessionShapes shapes = SessionShapes.empty();
        TaskFacts facts =
                SessionShapes.facts(TeeFramework.TDX, Shape.NO_SECRETS, "").facts();
        SessionWriter writer = new SessionWriter(
                shapes.memory().vault(),
                task -> shapes.memory().keyring().challengeKey(1, address(1), task),
                new Pipelines(List.of()),
                new SecureRandom());
        Decision.Grant grant = shapes.grant(facts, Shape.NO_SECRETS);

        assertThat(writer.obstacle(facts).orElseThrow().code())
                .isEqualTo(RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID);
        assertThatThrownBy(() -> writer.write(grant, SessionShapes.WORKER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSecretThatWasLostAfterTheDecisionIsNamed() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.push(Shape.DATASET);
        Decision.Grant grant = shapes.grant(
                SessionShapes.facts(TeeFramework.SCONE, Shape.DATASET, SessionShapes.APP_MR_ENCLAVE)
                        .facts(),
                Shape.DATASET);
        shapes.memory().lose(new SecretId.DatasetKey(TestFacts.DATASET));

        assertThat(shapes.writer().write(grant, SessionShapes.WORKER))
                .isEqualTo(new SessionWriter.Lacking(new SecretUse.DatasetKey()));
    }

    @Test
    void aBlankTokenOrKeyIsALackAlthoughItWasPushed() {
        SessionShapes shapes = SessionShapes.empty();
        shapes.account(SessionShapes.WORKER, "iexec-result-iexec-ipfs-token", " \n");
        shapes.account(TestFacts.REQUESTER, "iexec-result-encryption-public-key", "\t");
        TestFacts encrypted =
                SessionShapes.facts(TeeFramework.SCONE, Shape.ENCRYPTED_RESULT, SessionShapes.APP_MR_ENCLAVE);

        assertThat(write(shapes, encrypted))
                .as("encryption comes first")
                .isEqualTo(new SessionWriter.Lacking(new SecretUse.ResultEncryptionKey()));
        assertThat(write(shapes, encrypted.params("{}")))
                .isEqualTo(new SessionWriter.Lacking(new SecretUse.ResultStorageToken()));
        assertThat(write(shapes, encrypted.callback(address(0xca11)))).isInstanceOf(SessionWriter.Complete.class);
    }

    private static SessionWriter.Written write(SessionShapes shapes, TestFacts facts) {
        return shapes.writer().write(shapes.grant(facts.facts(), Shape.ENCRYPTED_RESULT), SessionShapes.WORKER);
    }
}
