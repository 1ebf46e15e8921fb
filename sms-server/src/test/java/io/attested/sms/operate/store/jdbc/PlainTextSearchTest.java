package io.attested.sms.operate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks through every byte the store wrote for secrets, in plain, hex and base64. */
class PlainTextSearchTest {
    private static final Address ALICE = TestStore.address(0xa11ce);
    private static final SecretId DATASET = new SecretId.DatasetKey(TestStore.address(0xda7a));
    private static final SecretId TOKEN = new SecretId.AccountSecret(ALICE, new AccountSecretName("token"));
    private static final List<String> SECRETS =
            List.of("Ehe5kEhGVUsk0a1bUJvJzLuyIKpQCLIs", "first value of the token", "second value of the token");

    @TempDir
    private Path folder;

    @Test
    void nothingInTheStoreFolderIsASecretOrAChallenge() throws IOException {
        List<Push> pushes = List.of(
                TestStore.push(DATASET, ALICE, SECRETS.get(0)),
                TestStore.push(TOKEN, ALICE, SECRETS.get(1)),
                TestStore.push(TOKEN, ALICE, SECRETS.get(2)));
        try (OpenStore store = TestStore.open(folder)) {
            SecretVault vault = TestStore.vault(store);
            vault.push(pushes.get(0));
            vault.push(pushes.get(1));
            vault.replace(pushes.get(2));
            vault.push(pushes.get(0));
            assertThat(vault.open(TOKEN, ALICE)).contains(SecretBytes.ofUtf8(SECRETS.get(2)));
            assertThat(found(pushes)).isEmpty();
        }
        assertThat(found(pushes)).isEmpty();
    }

    @Test
    void theSearchFindsWhatIsThere() throws IOException {
        Push push = TestStore.push(TOKEN, ALICE, SECRETS.get(0));
        try (OpenStore store = TestStore.open(folder)) {
            TestStore.vault(store).push(push);
            String planted = Base64.getEncoder().encodeToString(SECRETS.get(0).getBytes(StandardCharsets.UTF_8));
            store.database()
                    .jdbc()
                    .sql("insert into owners_seen (asset, owner) values ('0x01', ?)")
                    .param(planted.substring(0, 42))
                    .update();
            Files.writeString(folder.resolve("store/planted"), planted);
            assertThat(found(List.of(push))).isNotEmpty();
        }
    }

    private List<String> found(List<Push> pushes) throws IOException {
        List<String> needles = new ArrayList<>();
        for (String secret : SECRETS) {
            needles.addAll(forms(secret.getBytes(StandardCharsets.UTF_8)));
        }
        for (Push push : pushes) {
            Bytes32 challenge = push.challenge();
            needles.addAll(forms(challenge.bytes()));
        }
        List<String> hits = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                needles.stream().filter(content::contains).forEach(needle -> hits.add(file + ": " + needle));
            }
        }
        return hits;
    }

    private static List<String> forms(byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        return List.of(
                new String(secret, StandardCharsets.ISO_8859_1),
                new String(
                        new String(secret, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_16BE),
                        StandardCharsets.ISO_8859_1),
                hex,
                hex.toUpperCase(Locale.ROOT),
                Base64.getEncoder().withoutPadding().encodeToString(secret),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
}
