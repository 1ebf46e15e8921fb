package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.session.StagedSession.FileSystem;
import io.attested.sms.session.StagedSession.Stage;
import io.attested.sms.session.StagedSession.StageName;
import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.RegisteredCode;
import io.attested.sms.task.RegisteredCodeReader;
import io.attested.sms.task.TeeFramework;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the session of a task for a store: opens exactly the secrets of a grant and arranges them by stage, iExec
 * contract sections 4.2 and 4.3.
 *
 * <p>What it returns holds the secrets as text, which no caller can wipe: it must be handed to the store and dropped.
 */
public final class SessionWriter {
    private final RegisteredCodeReader codeReader = new RegisteredCodeReader();
    private final SecretVault vault;
    private final Function<Bytes32, TaskChallengeKey> challengeKeys;
    private final Pipelines pipelines;
    private final SecureRandom random;

    /** @param challengeKeys the challenge key of a task of this service's chain; the writer closes what it is given */
    public SessionWriter(
            SecretVault vault,
            Function<Bytes32, TaskChallengeKey> challengeKeys,
            Pipelines pipelines,
            SecureRandom random) {
        this.vault = vault;
        this.challengeKeys = challengeKeys;
        this.pipelines = pipelines;
        this.random = random;
    }

    /** What came of writing. */
    sealed interface Written {}

    /** All stages with all their values. */
    record Complete(StagedSession session) implements Written {}

    /** A value that a stage cannot do without is gone, or is blank. */
    record Lacking(SecretUse use) implements Written {}

    /**
     * Why no session of the task could name its enclaves: the app's registration names no version of the pipeline, one
     * whose images are not listed, or a file system that the store cannot compare. An unreadable registration is not judged
     * here, the grant policy refuses it.
     */
    Optional<Refusal> obstacle(TaskFacts facts) {
        return TeeFramework.ofTag(facts.deal().tag())
                .flatMap(framework -> obstacle(framework, codeReader.read(facts.app(), framework)));
    }

    private Optional<Refusal> obstacle(TeeFramework framework, RegisteredCode code) {
        if (code instanceof RegisteredCode.Unreadable) {
            return Optional.empty();
        }
        if (pipeline(framework, code).isPresent()) {
            return withoutComparison(framework, code);
        }
        boolean named = code instanceof RegisteredCode.TrustDomain
                || code.pipelineVersion().isPresent();
        return Optional.of(
                named
                        ? new Refusal(
                                RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID,
                                "the measurements file lists no images for " + framework + " in the version the app's"
                                        + " enclave configuration asks for; list them under pipelines")
                        : new Refusal(
                                RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED,
                                "the app registered a plain fingerprint, which names no version of the worker's pipeline;"
                                        + " sessions of " + framework
                                        + " go to a session store, which needs a JSON enclave configuration"));
    }

    /**
     * A provisioning service of Gramine's compares MRENCLAVE alone. Whoever shares it, with another file system, would get
     * the session of this app.
     */
    private static Optional<Refusal> withoutComparison(TeeFramework framework, RegisteredCode code) {
        return framework == TeeFramework.GRAMINE && code instanceof RegisteredCode.Fingerprint
                ? Optional.of(new Refusal(
                        RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID,
                        "the app's fingerprint names a file system, which a Gramine provisioning service does not"
                                + " compare; register the MrEnclave of an image that measures its files, or serve GRAMINE"
                                + " natively"))
                : Optional.empty();
    }

    /** Trust domains' apps name no version: there is one pipeline for them. */
    private Optional<Pipeline> pipeline(TeeFramework framework, RegisteredCode code) {
        return code instanceof RegisteredCode.TrustDomain
                ? pipelines.first(framework)
                : code.pipelineVersion().flatMap(version -> pipelines.of(framework, version));
    }

    /** A name for another session of the same task. */
    SessionId freshId(Decision.Grant grant) {
        return SessionId.fresh(grant.facts().task().id(), random);
    }

    /**
     * The session of {@code grant}'s task.
     *
     * @throws IllegalStateException when there is an {@link #obstacle}
     */
    Written write(Decision.Grant grant, Address worker) {
        if (obstacle(grant.framework(), grant.code()).isPresent()) {
            throw new IllegalStateException("a task that no session can be written for was not refused");
        }
        Pipeline pipeline = pipeline(grant.framework(), grant.code())
                .orElseThrow(() -> new IllegalStateException("an unreadable registration was granted"));
        return switch (OpenedSecrets.open(vault, grant)) {
            case OpenedSecrets.Gone(SecretUse use) -> new Lacking(use);
            case OpenedSecrets.All(OpenedSecrets opened) -> {
                try (opened;
                        TaskChallengeKey key =
                                challengeKeys.apply(grant.facts().task().id())) {
                    yield write(grant, pipeline, new StageValues(grant, opened, worker), key);
                }
            }
        };
    }

    private Written write(Decision.Grant grant, Pipeline pipeline, StageValues values, TaskChallengeKey key) {
        Optional<SecretUse> blank = values.blankForPostCompute();
        if (blank.isPresent()) {
            return new Lacking(blank.get());
        }
        List<Stage> stages = new ArrayList<>();
        values.preCompute(key)
                .ifPresent(environment -> stages.add(stage(StageName.PRE_COMPUTE, pipeline.preCompute(), environment)));
        stages.add(application(grant, values.application()));
        stages.add(stage(StageName.POST_COMPUTE, pipeline.postCompute(), values.postCompute(key)));
        return new Complete(new StagedSession(freshId(grant), grant.framework(), stages));
    }

    private static Stage stage(StageName name, Pipeline.StageImage image, Map<String, String> environment) {
        return new Stage(name, image.image(), image.fingerprint(), Optional.empty(), image.entrypoint(), environment);
    }

    private static Stage application(Decision.Grant grant, Map<String, String> environment) {
        App app = grant.facts().app();
        String arguments = grant.parameters().arguments();
        // The original does not quote the arguments either: the store's own rules split the line.
        String suffix = arguments.isBlank() ? "" : " " + arguments;
        return switch (grant.code()) {
            case RegisteredCode.Fingerprint code ->
                new Stage(
                        StageName.APP,
                        app.multiaddr(),
                        code.mrEnclave().hex(),
                        Optional.of(new FileSystem(
                                code.fspfKey().hex(), code.fspfTag().hex())),
                        code.entrypoint().orElse("") + suffix,
                        environment);
            case RegisteredCode.MeasuredImage code ->
                new Stage(
                        StageName.APP,
                        app.multiaddr(),
                        code.mrEnclave().hex(),
                        Optional.empty(),
                        code.entrypoint() + suffix,
                        environment);
            case RegisteredCode.TrustDomain code ->
                new Stage(
                        StageName.APP,
                        app.multiaddr(),
                        code.checksum().toString(),
                        Optional.empty(),
                        suffix.strip(),
                        environment);
            case RegisteredCode.Unreadable ignored ->
                throw new IllegalStateException("an unreadable registration was granted");
        };
    }
}
