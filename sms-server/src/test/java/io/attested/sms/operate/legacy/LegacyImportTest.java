package io.attested.sms.operate.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.Event;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.operate.legacy.h2.LegacyFile;
import io.attested.sms.operate.legacy.jdbc.StoreTarget;
import io.attested.sms.operate.legacy.script.LegacyScript;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.ReplaceOutcome;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file of H2 2.2.224 and the script of its backup, taken over into a store. */
class LegacyImportTest {
    private static final Address WALLET = TestStore.address(0xa11ce);
    private static final Address DATASET = TestStore.address(0xda7a);
    private static final Address SILENT = TestStore.address(0xda7b);
    private static final Address NOBODYS = TestStore.address(0xda7c);
    private static final Address APP = TestStore.address(0xa99);
    private static final Address OWNER = TestStore.address(0x0123);
    private static final Bytes32 TASK = TestStore.bytes32(0x7a5c);
    private static final String SMALL_KEY = "0x1f";
    private static final SecretId.AccountSecret TOKEN =
            new SecretId.AccountSecret(WALLET, new AccountSecretName("iexec-result-iexec-ipfs-token"));

    @TempDir
    private static Path originals;

    private static OriginalDatabase original;

    @TempDir
    private Path folder;

    private OpenStore store;
    private SecretVault vault;

    @BeforeAll
    static void anOriginal() throws Exception {
        original = OriginalDatabase.create(originals);
        original.account(WALLET.toString(), TOKEN.name(), "token of Alice");
        original.account(WALLET.toString(), "naïve 'quoted'\nname".replace("\n", " "), "käse 'n\" wine\\n");
        original.account(WALLET.toString(), "blank", "   ");
        original.account("0xnoaddress", "token", "x");
        original.sql("insert into \"web2secret\" values ('null', '" + WALLET + "', null)");
        original.dataset(DATASET.toString(), "the dataset key");
        original.dataset(SILENT.toString(), "silent");
        original.dataset(NOBODYS.toString(), "nobody's");
        original.row("web3secret", TestStore.address(0xbad).toString(), "AAAA");
        original.app(APP.toString(), "app secret");
        original.requester(WALLET.toString(), "My_Key-1", "requester secret");
        original.requester(WALLET.toString(), "not a key", "x");
        String address = addressOf(SMALL_KEY);
        original.challenge(
                TASK.toString(),
                "timestamp with time zone '2026-11-02 10:00:00.5+01'",
                OriginalDatabase.encrypted(SMALL_KEY),
                true,
                address);
        original.challenge(
                task(1),
                "null",
                SMALL_KEY,
                false,
                address.toUpperCase(Locale.ROOT).replace("0X", "0x"));
        original.challenge(task(2), "timestamp with time zone '2026-10-31 10:00:00+00'", SMALL_KEY, false, address);
        original.challenge(task(3), "null", SMALL_KEY, false, WALLET.toString());
        original.challenge(task(4), "null", SMALL_KEY, false, address);
        original.challenge(task(4), "null", "0x2f", false, addressOf("0x2f"));
        original.challenge(task(5), "null", "", true, address);
        original.challenge(task(6), "null", "no hex", false, address);
        original.challenge("0x12", "null", SMALL_KEY, false, address);
        original.backUp();
    }

    private static String task(long number) {
        return TestStore.bytes32(0x7a5c00 + number).toString();
    }

    private static String addressOf(String hex) {
        String digits = hex.substring(2);
        byte[] key = HexFormat.of().parseHex("0".repeat(64 - digits.length()) + digits);
        return TaskChallengeKey.addressOf(SecretBytes.owning(key)).orElseThrow().toString();
    }

    @AfterAll
    static void closeOriginal() throws Exception {
        original.close();
    }

    @BeforeEach
    void openStore() {
        store = TestStore.open(folder);
        vault = TestStore.vault(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static OwnerLookup ownerOf(Address asset) {
        BlockRef block = new BlockRef(10, TestStore.bytes32(10), TestStore.NOW);
        Provenance provenance = new Provenance(TrustLevel.SINGLE_NODE, new SettlementRule.Depth(0), block, block, 1, 1);
        if (asset.equals(SILENT)) {
            return new OwnerLookup.Unavailable(new ChainFailure(ChainFailure.Kind.TIMEOUT, "no answer"));
        }
        return asset.equals(NOBODYS) ? new OwnerLookup.NoOwner(provenance) : new OwnerLookup.Owner(OWNER, provenance);
    }

    private static LegacyContent script() throws Exception {
        try (var in = Files.newBufferedReader(original.script())) {
            return LegacyScript.read(in);
        }
    }

    private ImportPlan plan(LegacyContent content) throws Exception {
        return new ImportPlan(
                content,
                LegacyCipher.of(Files.readAllBytes(original.keyFile())),
                new StoreTarget(store, vault, TestStore.CLOCK),
                LegacyImportTest::ownerOf,
                TestStore.NOW);
    }

    private ImportTally run(LegacyContent content) throws Exception {
        ImportPlan plan = plan(content);
        plan.requireKeyFits();
        return new Importer(new StoreTarget(store, vault, TestStore.CLOCK)).run(plan, progress -> {});
    }

    private Optional<String> value(SecretId id, Address owner) {
        return vault.open(id, owner).map(secret -> secret.text(RawSecretAccess.to("compare it in a test")));
    }

    private static void assertCounts(ImportTally tally) {
        assertThat(tally.takenOf(ImportKind.ACCOUNT)).isEqualTo(2);
        assertThat(tally.skippedOf(ImportKind.ACCOUNT))
                .isEqualTo(Map.of(SkipReason.EMPTY, 2L, SkipReason.BAD_NAME, 1L));
        assertThat(tally.takenOf(ImportKind.DATASET)).isEqualTo(1);
        assertThat(tally.skippedOf(ImportKind.DATASET))
                .isEqualTo(Map.of(SkipReason.CHAIN_SILENT, 1L, SkipReason.NO_OWNER, 1L, SkipReason.NOT_DECRYPTED, 1L));
        assertThat(tally.takenOf(ImportKind.APP)).isEqualTo(1);
        assertThat(tally.takenOf(ImportKind.REQUESTER)).isEqualTo(1);
        assertThat(tally.skippedOf(ImportKind.REQUESTER)).isEqualTo(Map.of(SkipReason.BAD_NAME, 1L));
        assertThat(tally.takenOf(ImportKind.CHALLENGE)).isEqualTo(2);
        assertThat(tally.skippedOf(ImportKind.CHALLENGE))
                .isEqualTo(Map.of(
                        SkipReason.DEADLINE_PASSED, 1L,
                        SkipReason.OTHER_ADDRESS, 1L,
                        SkipReason.SEVERAL_KEYS, 2L,
                        SkipReason.NO_KEY, 1L,
                        SkipReason.NOT_DECRYPTED, 1L,
                        SkipReason.BAD_NAME, 1L));
        assertThat(tally.worthAnotherRun()).isTrue();
    }

    @Test
    void theScriptIsTakenOverOnceAndForAll() throws Exception {
        LegacyContent content = script();
        assertCounts(Importer.rehearse(plan(content)));
        assertThat(store.log().head().sequence()).isEqualTo(1);
        assertCounts(run(content));
        assertThat(value(TOKEN, WALLET)).contains("token of Alice");
        assertThat(value(new SecretId.AccountSecret(WALLET, new AccountSecretName("naïve 'quoted' name")), WALLET))
                .contains("käse 'n\" wine\\n");
        assertThat(value(new SecretId.DatasetKey(DATASET), OWNER)).contains("the dataset key");
        assertThat(value(new SecretId.AppSecret(APP), OWNER)).contains("app secret");
        assertThat(value(new SecretId.RequesterSecret(WALLET, new RequesterSecretName("My_Key-1")), WALLET))
                .contains("requester secret");
        assertThat(vault.present(new SecretId.DatasetKey(DATASET))).isTrue();
        assertThat(vault.present(new SecretId.DatasetKey(SILENT))).isFalse();
        assertThat(store.log().entriesAfter(1, 100))
                .extracting(entry -> entry.entry().event())
                .containsOnly(Event.SECRET_IMPORTED, Event.CHALLENGE_KEY_IMPORTED)
                .hasSize(7);
        long before = store.log().head().sequence();
        ImportTally again = run(content);
        assertThat(again.taken()).isZero();
        assertThat(again.skippedOf(ImportKind.CHALLENGE)).containsEntry(SkipReason.EXISTS, 2L);
        assertThat(store.log().head().sequence()).isEqualTo(before);
    }

    private static LegacyContent.Row account(String owner, String name, String plain) {
        return new LegacyContent.Row(
                Map.of("owner_address", owner, "address", name, "value", OriginalDatabase.encrypted(plain)));
    }

    @Test
    void ofTwoSpellingsTheOneThatTheOriginalServedIsTakenOver() throws Exception {
        String owner = "0x" + "ab".repeat(20);
        LegacyContent content = new LegacyContent();
        for (int i = 0; i < 20; i++) {
            content.add(LegacyTable.ACCOUNT_SECRETS, account("0x" + "aB".repeat(20), "name" + i, "never served"));
            content.add(LegacyTable.ACCOUNT_SECRETS, account(owner, "name" + i, "served"));
        }
        ImportTally rehearsed = Importer.rehearse(plan(content));
        ImportTally tally = run(content);
        for (ImportTally counts : java.util.List.of(rehearsed, tally)) {
            assertThat(counts.takenOf(ImportKind.ACCOUNT)).isEqualTo(20);
            assertThat(counts.skippedOf(ImportKind.ACCOUNT)).isEqualTo(Map.of(SkipReason.EXISTS, 20L));
        }
        for (int i = 0; i < 20; i++) {
            SecretId id = new SecretId.AccountSecret(Address.parse(owner), new AccountSecretName("name" + i));
            assertThat(value(id, Address.parse(owner))).contains("served");
        }
    }

    @Test
    void aSecondSpellingIsTakenOverWhereTheFirstDoesNotDecrypt() throws Exception {
        String owner = "0x" + "ab".repeat(20);
        LegacyContent content = new LegacyContent();
        content.add(
                LegacyTable.ACCOUNT_SECRETS,
                new LegacyContent.Row(Map.of("owner_address", owner, "address", "a", "value", "AAAA")));
        content.add(LegacyTable.ACCOUNT_SECRETS, account("0x" + "aB".repeat(20), "a", "whole"));
        content.add(LegacyTable.ACCOUNT_SECRETS, account(owner, "b", "another"));
        assertThat(run(content).takenOf(ImportKind.ACCOUNT)).isEqualTo(2);
    }

    @Test
    void aValueThatNobodyCouldPushStaysWhereItIs() throws Exception {
        LegacyContent content = new LegacyContent();
        content.add(LegacyTable.ACCOUNT_SECRETS, account(WALLET.toString(), "largest", "é".repeat(2048)));
        content.add(LegacyTable.ACCOUNT_SECRETS, account(WALLET.toString(), "larger", "é".repeat(2048) + "x"));
        content.add(LegacyTable.ACCOUNT_SECRETS, account(WALLET.toString(), "huge", "x".repeat(2 << 20)));
        ImportTally tally = run(content);
        assertThat(tally.takenOf(ImportKind.ACCOUNT)).isEqualTo(1);
        assertThat(tally.skippedOf(ImportKind.ACCOUNT)).isEqualTo(Map.of(SkipReason.TOO_LONG, 2L));
    }

    @Test
    void whatIsHereIsNeverOverwritten() throws Exception {
        vault.push(TestStore.push(TOKEN, WALLET, "pushed here"));
        Address former = TestStore.address(77);
        vault.push(TestStore.push(new SecretId.DatasetKey(DATASET), former, "of the former owner"));
        ImportTally tally = run(script());
        assertThat(tally.skippedOf(ImportKind.ACCOUNT)).containsEntry(SkipReason.EXISTS, 1L);
        assertThat(tally.skippedOf(ImportKind.DATASET)).containsEntry(SkipReason.EXISTS, 1L);
        assertThat(value(TOKEN, WALLET)).contains("pushed here");
        assertThat(value(new SecretId.DatasetKey(DATASET), OWNER)).isEmpty();
    }

    /** The recorded PUT that made the imported value, sent again after the value was replaced here. */
    @Test
    void theReplayOfAnImportedPushIsRecognised() throws Exception {
        run(script());
        Push made = new Push(
                TOKEN,
                WALLET,
                IexecDigests.namedSecret(WALLET, TOKEN.name(), "token of Alice".getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                SecretBytes.ofUtf8("token of Alice"));
        assertThat(vault.replace(made)).isInstanceOf(ReplaceOutcome.Unchanged.class);
        vault.replace(TestStore.push(TOKEN, WALLET, "newer"));
        assertThat(vault.replace(made)).isInstanceOf(ReplaceOutcome.Replayed.class);
        assertThat(value(TOKEN, WALLET)).contains("newer");
    }

    private Address challengeOf(Bytes32 task) {
        try (TaskChallengeKey key = store.keyring().challengeKey(65535, TestStore.HUB, task)) {
            return key.address();
        }
    }

    @Test
    void importedChallengeKeysPrecedeDerivedOnesAlsoAfterAStart() throws Exception {
        Address derived = challengeOf(TASK);
        Address other = challengeOf(Bytes32.parse(task(2)));
        run(script());
        assertThat(challengeOf(TASK)).hasToString(addressOf(SMALL_KEY)).isNotEqualTo(derived);
        assertThat(challengeOf(Bytes32.parse(task(2)))).isEqualTo(other);
        store.close();
        openStore();
        assertThat(challengeOf(TASK)).hasToString(addressOf(SMALL_KEY));
        store.database()
                .jdbc()
                .sql("update imported_challenge_keys set chain_task_id = ? where chain_task_id = ?")
                .params(task(9), TASK.toString())
                .update();
        assertThatThrownBy(() -> challengeOf(Bytes32.parse(task(9))))
                .isInstanceOf(io.attested.sms.keyring.TamperedRecord.class);
    }

    @Test
    void withoutImportedKeysNoRequestReachesTheDatabase() {
        var keys = store.importedKeys();
        store.database().close();
        assertThat(keys.find(TASK)).isEmpty();
    }

    @Test
    void theDatabaseFileIsReadLikeItsScriptAndStaysAsItWas() throws Exception {
        assertThatThrownBy(() -> LegacyFile.read(original.file()))
                .isInstanceOfSatisfying(
                        LegacyUnreadable.class,
                        open -> assertThat(open.reason()).isEqualTo(LegacyUnreadable.Reason.UNAVAILABLE))
                .hasMessageContaining("in use");
        original.close();
        byte[] fileBefore = Files.readAllBytes(original.file());
        LegacyContent file = LegacyFile.read(original.file());
        assertThat(Files.readAllBytes(original.file())).isEqualTo(fileBefore);
        assertCounts(run(file));
        assertThat(value(new SecretId.DatasetKey(DATASET), OWNER)).contains("the dataset key");
        assertThat(challengeOf(TASK)).hasToString(addressOf(SMALL_KEY));
    }

    @Test
    void anotherKeyIsRefusedBeforeAnythingIsWritten() throws Exception {
        LegacyCipher other = LegacyCipher.of("AAECAwQFBgcICQoLDA0ODw==".getBytes(StandardCharsets.US_ASCII));
        ImportPlan plan = new ImportPlan(
                script(),
                other,
                new StoreTarget(store, vault, TestStore.CLOCK),
                LegacyImportTest::ownerOf,
                TestStore.NOW);
        assertThatThrownBy(plan::requireKeyFits)
                .isInstanceOf(LegacyUnreadable.class)
                .hasMessageContaining("do not decrypt under this key");
    }

    @Test
    void keyFilesOfAnotherFormAreRefused() {
        for (String content :
                new String[] {"", "AAAA", "AAECAwQFBgcICQoLDA0ODw=", "no base64 at all!!!!!!!!", "A".repeat(44)}) {
            assertThatThrownBy(() -> LegacyCipher.of(content.getBytes(StandardCharsets.US_ASCII)))
                    .as(content)
                    .isInstanceOf(LegacyUnreadable.class);
        }
    }
}
