package io.attested.sms.operate.store.jdbc;

import io.attested.sms.chain.Address;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.PushOutcome;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Pushes from 64 threads until it is killed; prints each secret's name after it was acknowledged. */
final class PushingProcess {
    private static final int THREADS = 64;

    private PushingProcess() {}

    public static void main(String[] arguments) {
        OpenStore store = TestStore.open(Path.of(arguments[0]));
        SecretVault vault = TestStore.vault(store);
        long generation = Long.parseLong(arguments[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (int thread = 0; thread < THREADS; thread++) {
            Address account = TestStore.address(generation * THREADS + thread + 1);
            Thread.ofPlatform().start(() -> push(vault, account, out));
        }
    }

    private static void push(SecretVault vault, Address account, PrintStream out) {
        for (int number = 0; number < 128; number++) {
            SecretId id = new SecretId.AccountSecret(account, new AccountSecretName("name-" + number));
            Push push = TestStore.push(id, account, valueOf(id));
            if (vault.push(push) instanceof PushOutcome.Stored) {
                out.println(account + " " + id.name());
            }
        }
    }

    static String valueOf(SecretId id) {
        return "value of " + id.asset() + "/" + id.name();
    }
}
