package io.attested.sms.boot;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.rpc.RpcMeter;
import io.attested.sms.operate.cli.ExitCode;
import io.attested.sms.operate.cli.ImportPlace;
import io.attested.sms.operate.cli.ImportRefused;
import io.attested.sms.operate.cli.OperatorCommands;
import io.attested.sms.operate.legacy.Candidate;
import io.attested.sms.operate.legacy.ImportTarget;
import io.attested.sms.operate.legacy.jdbc.StoreTarget;
import io.attested.sms.operate.store.StoreRefused;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.PushBudget;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.session.DecisionContext;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts {@code sms operator}: the service's settings and store without the service. */
public final class OperatorMain {
    private OperatorMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // H2 loads classes that a database names; neither the store nor an original's database needs any.
        System.setProperty("h2.allowedClasses", "none");
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs one command; its exit code. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return OperatorCommands.run(out, err, InstantSource.system(), OperatorMain::open, arguments);
    }

    /** Binds the settings as the service does, and nothing else. */
    @EnableConfigurationProperties(SmsSettings.class)
    static class SettingsOnly {}

    private static ImportPlace open(List<String> given, Optional<Path> config, boolean dryRun) throws ImportRefused {
        try {
            SmsSettings settings = settings(given, config);
            StartChecks.check(settings, Optional.empty());
            CheckedChainSettings chain = ChainTerms.of(settings).checked();
            Optional<CheckedChain> nodes = openChain(chain);
            try {
                return new Place(openStore(settings, chain, dryRun), nodes);
            } catch (RuntimeException refused) {
                nodes.ifPresent(CheckedChain::close);
                throw refused;
            }
        } catch (RuntimeException failure) {
            Throwable refusal = StartFailures.refusal(failure).orElseThrow(() -> failure);
            throw new ImportRefused(
                    refusal instanceof StoreRefused store && store.reason() == StoreRefused.Reason.UNAVAILABLE
                            ? ExitCode.UNAVAILABLE
                            : ExitCode.REFUSED,
                    String.valueOf(refusal.getMessage()));
        }
    }

    private static SmsSettings settings(List<String> given, Optional<Path> config) throws ImportRefused {
        List<String> arguments = new ArrayList<>(given);
        if (config.isPresent()) {
            if (!Files.isReadable(config.get())) {
                throw new ImportRefused(
                        ExitCode.UNAVAILABLE, "the file of settings " + config.get() + " cannot be read");
            }
            arguments.add(
                    "--spring.config.additional-location=file:" + config.get().toAbsolutePath());
        }
        arguments.add("--logging.level.root=off");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SettingsOnly.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new))) {
            SettingNames.requireKnown(context.getEnvironment());
            return context.getBean(SmsSettings.class);
        } catch (RuntimeException unbound) {
            if (StartFailures.refusal(unbound).isPresent()) {
                throw unbound;
            }
            throw new ImportRefused(
                    ExitCode.REFUSED,
                    "the settings cannot be read; ./sms server with the same settings says which one is wrong");
        }
    }

    /** Nothing for a rehearsal on a store that is not there yet. */
    private static Optional<OpenStoreWithVault> openStore(
            SmsSettings settings, CheckedChainSettings chain, boolean dryRun) {
        if (dryRun && !Files.exists(settings.store().folder())) {
            return Optional.empty();
        }
        TrustRoot trustRoot = Trust.root(settings);
        EvidencePolicy policy = Trust.policy(settings);
        DecisionContext context = new DecisionContext(
                settings.realm().word(),
                ChainTerms.word(chain.level()),
                Trust.measurements(settings.measurements()).digest(),
                Bytes32.of(Trust.sha256(policy.toJson())));
        OpenStore store =
                StoreStart.open(settings, chain, trustRoot, context, InstantSource.system(), new SecureRandom());
        PushBudget budget = new PushBudget(
                settings.store().namesPerOwner(), settings.store().reserve().toBytes(), store.database()::usableBytes);
        return Optional.of(new OpenStoreWithVault(
                store,
                new SecretVault(
                        store.keyring(),
                        store.secrets(),
                        store.log(),
                        InstantSource.system(),
                        budget,
                        context.measurementsDigest())));
    }

    /** Nodes that do not answer stop nothing but what only they can tell. */
    private static Optional<CheckedChain> openChain(CheckedChainSettings settings) {
        try {
            return Optional.of(CheckedChain.open(settings, RpcMeter.NONE, QuorumEvents.NONE, InstantSource.system()));
        } catch (ChainRefused refused) {
            return switch (refused.reason()) {
                case UNREADABLE, TOO_FEW_NODES -> Optional.empty();
                case WRONG_CHAIN, NO_HUB, WRONG_HUB_CODE, UNKNOWN_HUB, NO_PROOFS -> throw refused;
            };
        }
    }

    private record OpenStoreWithVault(OpenStore store, SecretVault vault) {}

    private record Place(Optional<OpenStoreWithVault> store, Optional<CheckedChain> chain) implements ImportPlace {
        @Override
        public ImportTarget target() {
            return store.<ImportTarget>map(open -> new StoreTarget(open.store(), open.vault(), InstantSource.system()))
                    .orElseGet(NoStore::new);
        }

        @Override
        public OwnerLookup ownerOf(Address asset) {
            return chain.map(open -> open.owner(asset))
                    .orElseGet(() -> new OwnerLookup.Unavailable(
                            new ChainFailure(ChainFailure.Kind.UNREACHABLE, "no node answers")));
        }

        @Override
        public void close() {
            chain.ifPresent(CheckedChain::close);
            store.ifPresent(open -> open.store().close());
        }
    }

    /** A store that would be made. */
    private static final class NoStore implements ImportTarget {
        @Override
        public boolean holds(SecretId id) {
            return false;
        }

        @Override
        public boolean holdsChallengeKey(Bytes32 chainTaskId) {
            return false;
        }

        @Override
        public boolean take(Push push) {
            throw new IllegalStateException("a rehearsal writes nothing");
        }

        @Override
        public boolean take(Candidate.Challenge challenge) {
            throw new IllegalStateException("a rehearsal writes nothing");
        }
    }
}
