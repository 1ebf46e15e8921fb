package io.attested.sms.boot;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.LogBroken;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.keyring.RootKeySource;
import io.attested.sms.keyring.file.RootKeyFile;
import io.attested.sms.operate.store.ServiceUser;
import io.attested.sms.operate.store.StoreStamp;
import io.attested.sms.operate.store.jdbc.DurableStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.operate.store.jdbc.PolicySeen;
import io.attested.sms.operate.store.jdbc.StoreOpening;
import io.attested.sms.session.DecisionContext;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the store the settings name, after its key and its stamp were checked. */
final class StoreStart {
    private static final String ROOT_KEY = "root.key";

    private StoreStart() {}

    static OpenStore open(
            SmsSettings settings,
            CheckedChainSettings chain,
            TrustRoot trustRoot,
            DecisionContext context,
            InstantSource clock,
            SecureRandom random) {
        long ownUser = ServiceUser.currentId();
        Path folder = settings.store().folder();
        StoreStamp stamp = stamp(settings, chain, trustRoot);
        RootKeySource rootKey = rootKey(settings, random);
        DurableStore database = DurableStore.open(folder, ownUser);
        try {
            OpenStore store =
                    new StoreOpening(stamp, context.measurementsDigest(), rootKey, clock, random).open(database);
            if (store.log().verifyChain() instanceof ChainCheck.Broken broken) {
                throw new LogBroken(broken);
            }
            new PolicySeen(database.jdbc(), store.log(), clock).note(context.policyDigest());
            return store;
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /** What the settings say the store belongs to. */
    static StoreStamp stamp(SmsSettings settings, CheckedChainSettings chain, TrustRoot trustRoot) {
        return new StoreStamp(settings.realm(), chain.chainId(), chain.hub(), Bytes32.of(trustRoot.sha256()));
    }

    /** The file that the settings name, or the one in the store's folder. */
    static Path rootKeyFile(SmsSettings settings) {
        return Optional.ofNullable(settings.store().rootKeyFile())
                .orElseGet(() -> settings.store().folder().resolve(ROOT_KEY));
    }

    /** Where the settings say the root key is. */
    static RootKeySource rootKey(SmsSettings settings, SecureRandom random) {
        return new RootKeyFile(rootKeyFile(settings), random, ServiceUser.currentId());
    }
}
