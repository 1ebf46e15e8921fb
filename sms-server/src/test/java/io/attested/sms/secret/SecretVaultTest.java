package io.attested.sms.secret;

import static io.attested.sms.operate.store.TestStore.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.chain.Address;
import io.attested.sms.keyring.TamperedRecord;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVaultTest {
    private static final Address ALICE = address(0xa11ce);
    private static final Address BOB = address(0xb0b0);
    private static final Address DATASET = address(0xda7a);
    private static final SecretId KEY = new SecretId.DatasetKey(DATASET);
    private static final SecretId TOKEN = account("dropbox-token");

    @TempDir
    private Path folder;

    private OpenStore store;
    private SecretVault vault;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        vault = TestStore.vault(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SecretId account(String name) {
        return new SecretId.AccountSecret(
                ALICE, AccountSecretName.tryParse(name).orElseThrow());
    }

    private PushOutcome push(SecretId id, Address owner, String value) {
        return vault.push(TestStore.push(id, owner, value));
    }

    private ReplaceOutcome replace(SecretId id, String value) {
        return vault.replace(TestStore.push(id, ALICE, value));
    }

    private Optional<SecretBytes> opened(SecretId id, Address owner) {
        return vault.open(id, owner);
    }

    private static Optional<SecretBytes> secret(String value) {
        return Optional.of(SecretBytes.ofUtf8(value));
    }

    private List<AuditEntry> entries() {
        return store.log().entriesAfter(0, 1000).stream().map(LogEntry::entry).toList();
    }

    @Test
    void pushWhenFirstThenStoredAndOpensForItsOwnerOnly() {
        assertThat(push(KEY, ALICE, "v1")).isInstanceOf(PushOutcome.Stored.class);
        assertThat(opened(KEY, ALICE)).isEqualTo(secret("v1"));
        assertThat(opened(KEY, BOB)).isEmpty();
        assertThat(opened(new SecretId.AppSecret(DATASET), ALICE)).isEmpty();
        assertThat(vault.presence(KEY, ALICE)).isEqualTo(new SecretPresence.Usable(1, TestStore.MEASUREMENTS));
    }

    @Test
    void pushWhenStoredThenTheLogSaysSoWithoutTheValue() {
        push(TOKEN, ALICE, "the value of the token");
        AuditEntry entry = entries().getLast();
        assertThat(entry.event()).isEqualTo(Event.SECRET_PUSHED);
        assertThat(entry.fields())
                .containsEntry(Field.SECRET_KIND, "account-secret")
                .containsEntry(Field.ASSET, ALICE.toString())
                .containsEntry(Field.OWNER, ALICE.toString())
                .containsEntry(Field.SECRET_NAME, "dropbox-token")
                .containsEntry(Field.VERSION, "1")
                .containsEntry(Field.MEASUREMENTS_DIGEST, TestStore.MEASUREMENTS.toString());
        assertThat(entry.fields().values()).noneMatch(text -> text.contains("the value"));
    }

    @Test
    void pushWhenStoredThenTheHeadCoversItsEntry() {
        PushOutcome.Stored stored = (PushOutcome.Stored) push(KEY, ALICE, "v1");
        assertThat(store.log().entriesAfter(0, 10).getLast().hash())
                .isEqualTo(stored.head().hash());
    }

    @Test
    void pushWhenThereAlreadyThenTheFirstValueStays() {
        push(KEY, ALICE, "v1");
        int entries = entries().size();
        assertThat(push(KEY, ALICE, "v2")).isEqualTo(new PushOutcome.AlreadyExists());
        assertThat(push(KEY, ALICE, "v1")).isEqualTo(new PushOutcome.AlreadyExists());
        assertThat(opened(KEY, ALICE)).isEqualTo(secret("v1"));
        assertThat(entries()).hasSize(entries);
    }

    @Test
    void pushWhenNamesDifferInCaseOnlyThenTheyAreTheSameSecret() {
        push(account("Token"), ALICE, "v1");
        assertThat(push(account("tOKEN"), ALICE, "v2")).isEqualTo(new PushOutcome.AlreadyExists());
    }

    @Test
    void twoParallelFirstPushesStoreExactlyOne() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                SecretId id = account("round-" + round);
                CyclicBarrier start = new CyclicBarrier(2);
                List<Callable<PushOutcome>> rivals = List.of(
                        () -> {
                            start.await();
                            return push(id, ALICE, "first");
                        },
                        () -> {
                            start.await();
                            return push(id, ALICE, "second");
                        });
                List<PushOutcome> outcomes = threads.invokeAll(rivals).stream()
                        .map(Future::resultNow)
                        .toList();
                assertThat(outcomes)
                        .filteredOn(PushOutcome.Stored.class::isInstance)
                        .hasSize(1);
                String winner = outcomes.getFirst() instanceof PushOutcome.Stored ? "first" : "second";
                assertThat(opened(id, ALICE)).isEqualTo(secret(winner));
            }
        }
    }

    @Test
    void pushWhenOwnerHasAllItsNamesThenOverQuotaForThatOwnerOnly() {
        for (int name = 0; name < PushBudget.NAMES_PER_OWNER; name++) {
            assertThat(push(account("name-" + name), ALICE, "v")).isInstanceOf(PushOutcome.Stored.class);
        }
        assertThat(push(account("one-more"), ALICE, "v")).isEqualTo(new PushOutcome.OverQuota(128));
        assertThat(push(KEY, ALICE, "v")).isEqualTo(new PushOutcome.OverQuota(128));
        assertThat(push(KEY, BOB, "v")).isInstanceOf(PushOutcome.Stored.class);
        assertThat(push(account("name-0"), ALICE, "v")).isEqualTo(new PushOutcome.AlreadyExists());
    }

    @Test
    void pushWhenOnlyTheReserveIsLeftThenStoreFullAndReadsGoOn() {
        push(TOKEN, ALICE, "v1");
        SecretVault full = TestStore.vault(store, new PushBudget(128, 1000, () -> 999));
        assertThatThrownBy(() -> full.push(TestStore.push(KEY, ALICE, "v")))
                .isInstanceOf(StoreFull.class)
                .hasMessageContaining("999")
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> full.replace(TestStore.push(TOKEN, ALICE, "v2")))
                .isInstanceOf(StoreFull.class);
        assertThat(full.open(TOKEN, ALICE)).isEqualTo(secret("v1"));
        SecretVault justEnough = TestStore.vault(store, new PushBudget(128, 1000, () -> 1000));
        assertThat(justEnough.push(TestStore.push(KEY, ALICE, "v"))).isInstanceOf(PushOutcome.Stored.class);
    }

    @Test
    void replaceWhenNewThenTheNextVersionIsStored() {
        push(TOKEN, ALICE, "v1");
        assertThat(replace(TOKEN, "v2"))
                .isInstanceOfSatisfying(
                        ReplaceOutcome.Stored.class,
                        stored -> assertThat(stored.version()).isEqualTo(2));
        assertThat(opened(TOKEN, ALICE)).isEqualTo(secret("v2"));
        assertThat(entries().getLast().event()).isEqualTo(Event.SECRET_REPLACED);
        assertThat(entries().getLast().fields()).containsEntry(Field.VERSION, "2");
    }

    @Test
    void replaceWhenChallengeIsTheCurrentValuesThenUnchanged() {
        push(TOKEN, ALICE, "v1");
        assertThat(replace(TOKEN, "v1")).isEqualTo(new ReplaceOutcome.Unchanged());
        replace(TOKEN, "v2");
        int entries = entries().size();
        assertThat(replace(TOKEN, "v2")).isEqualTo(new ReplaceOutcome.Unchanged());
        assertThat(vault.presence(TOKEN, ALICE)).isEqualTo(new SecretPresence.Usable(2, TestStore.MEASUREMENTS));
        assertThat(entries()).hasSize(entries);
    }

    @Test
    void replaceWhenChallengeWasAcceptedBeforeThenReplayedForEverAlsoAfterRestart() {
        push(TOKEN, ALICE, "v1");
        replace(TOKEN, "v2");
        assertThat(replace(TOKEN, "v1")).isEqualTo(new ReplaceOutcome.Replayed());
        replace(TOKEN, "v3");
        close();
        open();
        assertThat(replace(TOKEN, "v1")).isEqualTo(new ReplaceOutcome.Replayed());
        assertThat(replace(TOKEN, "v2")).isEqualTo(new ReplaceOutcome.Replayed());
        assertThat(opened(TOKEN, ALICE)).isEqualTo(secret("v3"));
    }

    @Test
    void replaceWhenTheChallengeWasAcceptedForAnotherKindThenReplayed() {
        String name = "shared-name";
        push(new SecretId.RequesterSecret(ALICE, new RequesterSecretName(name)), ALICE, "v2");
        push(account(name), ALICE, "v1");
        assertThat(replace(account(name), "v2")).isEqualTo(new ReplaceOutcome.Replayed());
        assertThat(replace(account(name), "v3")).isInstanceOf(ReplaceOutcome.Stored.class);
    }

    @Test
    void pushWhenTheChallengeWasAcceptedForAnotherKindThenNothingIsStoredAlsoAfterRestart() {
        String name = "shared-name";
        SecretId requester = new SecretId.RequesterSecret(ALICE, new RequesterSecretName(name));
        push(account(name), ALICE, "v1");
        close();
        open();
        int entries = entries().size();
        assertThat(push(requester, ALICE, "v1")).isEqualTo(new PushOutcome.OfAnotherKind());
        assertThat(opened(requester, ALICE)).isEmpty();
        assertThat(entries()).hasSize(entries);
        assertThat(push(requester, ALICE, "v2")).isInstanceOf(PushOutcome.Stored.class);
    }

    @Test
    void replaceWhenNothingIsThereThenMissingAndTheChallengeStaysFresh() {
        assertThat(replace(TOKEN, "v2")).isEqualTo(new ReplaceOutcome.Missing());
        push(TOKEN, ALICE, "v1");
        assertThat(replace(TOKEN, "v2")).isInstanceOf(ReplaceOutcome.Stored.class);
    }

    @Test
    void replaceWhenNotAnAccountSecretThenABug() {
        push(KEY, ALICE, "v1");
        assertThatThrownBy(() -> vault.replace(TestStore.push(KEY, ALICE, "v2")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parallelReplacementsEndInOneOrderWithoutGaps() throws Exception {
        push(TOKEN, ALICE, "v0");
        int count = 32;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<ReplaceOutcome>> tasks = java.util.stream.IntStream.rangeClosed(1, count)
                    .<Callable<ReplaceOutcome>>mapToObj(number -> () -> replace(TOKEN, "v" + number))
                    .toList();
            List<Long> versions = threads.invokeAll(tasks).stream()
                    .map(Future::resultNow)
                    .map(outcome -> ((ReplaceOutcome.Stored) outcome).version())
                    .sorted()
                    .toList();
            assertThat(versions)
                    .isEqualTo(java.util.stream.LongStream.rangeClosed(2, count + 1)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void presentWhenPushedThenUntilTheAssetIsSeenWithAnotherOwner() {
        assertThat(vault.present(KEY)).isFalse();
        push(KEY, ALICE, "v1");
        assertThat(vault.present(KEY)).isTrue();
        vault.seenOwner(DATASET, BOB);
        assertThat(vault.present(KEY)).isFalse();
        assertThat(vault.presence(KEY, BOB)).isEqualTo(new SecretPresence.OwnedByFormerOwner());
        assertThat(entries().getLast().event()).isEqualTo(Event.OWNER_CHANGED);
    }

    @Test
    void pushWhenNewOwnerThenAcceptedBesideTheFormerOwners() {
        push(KEY, ALICE, "of alice");
        vault.seenOwner(DATASET, BOB);
        assertThat(push(KEY, BOB, "of bob")).isInstanceOf(PushOutcome.Stored.class);
        assertThat(vault.present(KEY)).isTrue();
        assertThat(opened(KEY, BOB)).isEqualTo(secret("of bob"));
        assertThat(opened(KEY, ALICE)).isEqualTo(secret("of alice"));
    }

    @Test
    void pushWhenNewOwnerPushesTheSameValueThenAccepted() {
        push(KEY, ALICE, "same");
        assertThat(push(KEY, BOB, "same")).isInstanceOf(PushOutcome.Stored.class);
    }

    @Test
    void ownerWhoReturnsFindsTheSecretAgain() {
        push(KEY, ALICE, "of alice");
        push(KEY, BOB, "of bob");
        vault.seenOwner(DATASET, ALICE);
        assertThat(vault.present(KEY)).isTrue();
        assertThat(vault.presence(KEY, ALICE)).isInstanceOf(SecretPresence.Usable.class);
        assertThat(opened(KEY, ALICE)).isEqualTo(secret("of alice"));
    }

    @Test
    void ownerWhoReturnsAndPushesAgainIsSeenAlthoughTheValueExists() {
        SecretId app = new SecretId.AppSecret(DATASET);
        push(KEY, ALICE, "of alice");
        vault.seenOwner(DATASET, BOB);
        assertThat(push(KEY, ALICE, "again")).isEqualTo(new PushOutcome.AlreadyExists());
        assertThat(vault.present(KEY)).isTrue();
        assertThat(vault.present(app)).isFalse();
    }

    @Test
    void seenOwnerWhenNobodyPushedOrNothingChangedThenWritesNothing() {
        vault.seenOwner(DATASET, BOB);
        assertThat(store.secrets().ownerLastSeen(DATASET)).isEmpty();
        push(KEY, ALICE, "v1");
        int entries = entries().size();
        vault.seenOwner(DATASET, ALICE);
        assertThat(entries()).hasSize(entries);
    }

    @Test
    void pushOfTheZeroAddressOrForAnotherWalletIsABug() {
        assertThatThrownBy(() -> TestStore.push(KEY, Address.ZERO, "v")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestStore.push(TOKEN, BOB, "v")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void openWhenTwoRowsAreSwappedThenTampered() {
        push(KEY, ALICE, "of alice");
        push(TOKEN, ALICE, "token");
        var jdbc = store.database().jdbc();
        SealedSecret other = store.secrets().find(TOKEN, ALICE).orElseThrow();
        jdbc.sql("update secrets set wrapped_key = ?, ciphertext = ? where kind = 'dataset-key'")
                .params(other.value().wrappedKey(), other.value().ciphertext())
                .update();
        assertThatThrownBy(() -> vault.open(KEY, ALICE))
                .isInstanceOf(TamperedRecord.class)
                .hasMessageContaining("dataset-key");
    }

    @Test
    void openWhenTheRowIsGivenToAnotherOwnerOrVersionThenTampered() {
        push(KEY, ALICE, "of alice");
        push(TOKEN, ALICE, "token");
        var jdbc = store.database().jdbc();
        jdbc.sql("update secrets set owner = ? where kind = 'dataset-key'")
                .param(BOB.toString())
                .update();
        jdbc.sql("update secrets set version = 7 where kind = 'account-secret'").update();
        assertThatThrownBy(() -> vault.open(KEY, BOB)).isInstanceOf(TamperedRecord.class);
        assertThatThrownBy(() -> vault.open(TOKEN, ALICE)).isInstanceOf(TamperedRecord.class);
    }

    @Test
    void challengesAreNotStoredInClear() {
        Push push = TestStore.push(KEY, ALICE, "v1");
        vault.push(push);
        byte[] mark = store.database()
                .jdbc()
                .sql("select mark from accepted_challenges")
                .query(byte[].class)
                .single();
        assertThat(mark).hasSize(32).isNotEqualTo(push.challenge().bytes());
    }
}
