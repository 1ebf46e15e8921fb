package io.attested.sms.iexec;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.identity.Signing;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.PushOutcome;
import io.attested.sms.secret.ReplaceOutcome;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes secrets the way iExec's clients push them.
 *
 * <p>The order is the contract's: signature, then rules on the name, then size, then existence. Pushes release nothing
 * and are judged at the head.
 */
public final class PushDesk {
    /** Longest value in UTF-8 bytes. */
    public static final int MAX_VALUE_BYTES = 4096;

    private static final String APP_SECRET_KEY = "1";

    private final ChainView chain;
    private final SignatureJudge signatures;
    private final SecretVault vault;

    public PushDesk(ChainView chain, SignatureJudge signatures, SecretVault vault) {
        this.chain = chain;
        this.signatures = signatures;
        this.vault = vault;
    }

    /** What became of a push or a replacement. */
    public sealed interface Outcome {
        /** The secret is durable. */
        record Stored() implements Outcome {}

        /** Not signed by who may write here; or what was signed was replaced before, or meant another kind of secret. */
        record Unauthorized() implements Outcome {}

        /** The name is not allowed. */
        record BadName() implements Outcome {}

        /** The value is longer than {@link PushDesk#MAX_VALUE_BYTES}. */
        record TooLarge() implements Outcome {}

        /** There is, or was, such a secret; or its owner's quota is used up. */
        record AlreadyExists() implements Outcome {}

        /** There is nothing to replace. */
        record Missing() implements Outcome {}

        /** The owner, or the word of a contract wallet, cannot be learned from the chain now. */
        record ChainUnavailable() implements Outcome {}
    }

    /** A dataset's key, signed by the dataset's owner, who may be a contract wallet. */
    public Outcome pushDatasetKey(String dataset, String signature, byte[] value) {
        return Address.tryParse(dataset)
                .map(address -> pushOwned(
                        new SecretId.DatasetKey(address),
                        address,
                        IexecDigests.datasetKey(address, value),
                        signature,
                        value))
                .orElseGet(Outcome.Unauthorized::new);
    }

    /** An app developer's secret, signed by the app's owner. */
    public Outcome pushAppSecret(Address app, String signature, byte[] value) {
        Bytes32 challenge = IexecDigests.namedSecret(app, APP_SECRET_KEY, value);
        return pushOwned(new SecretId.AppSecret(app), app, challenge, signature, value);
    }

    private Outcome pushOwned(SecretId id, Address asset, Bytes32 challenge, String signature, byte[] value) {
        Optional<SentSignature> sent = SentSignature.parse(signature);
        if (sent.isEmpty()) {
            return new Outcome.Unauthorized();
        }
        return switch (chain.owner(asset)) {
            case OwnerLookup.Owner(Address owner, Provenance read) ->
                ifSigned(
                        owner,
                        challenge,
                        sent,
                        ignored -> sized(value, () -> push(id, owner, challenge, Optional.of(read), value)));
            case OwnerLookup.NoOwner ignored -> new Outcome.Unauthorized();
            case OwnerLookup.Unavailable ignored -> new Outcome.ChainUnavailable();
        };
    }

    /**
     * A requester's secret, signed by the requester.
     *
     * @param id nothing when the key is not allowed; told only to who signed
     */
    public Outcome pushRequesterSecret(
            Address requester, String key, Optional<SecretId.RequesterSecret> id, String signature, byte[] value) {
        Bytes32 challenge = IexecDigests.namedSecret(requester, key, value);
        return ifSigned(
                requester,
                challenge,
                SentSignature.parse(signature),
                wallet -> id.map(valid -> sized(value, () -> push(valid, requester, challenge, wallet, value)))
                        .orElseGet(Outcome.BadName::new));
    }

    /** A new account secret, signed by the account. */
    public Outcome pushAccountSecret(AccountWrite write) {
        return accountWrite(
                write, (id, challenge, wallet) -> push(id, write.owner(), challenge, wallet, write.value()));
    }

    /** Another value for an account secret, signed by the account. */
    public Outcome replaceAccountSecret(AccountWrite write) {
        return accountWrite(write, (id, challenge, wallet) -> replace(id, write, challenge, wallet));
    }

    /**
     * A write to an account secret.
     *
     * @param name as sent: the signature covers this spelling
     * @param id nothing when the name is not allowed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record AccountWrite(
            Address owner, String name, Optional<SecretId.AccountSecret> id, String signature, byte[] value) {}

    private interface Write {
        Outcome apply(SecretId.AccountSecret id, Bytes32 challenge, Optional<Provenance> wallet);
    }

    private Outcome accountWrite(AccountWrite write, Write then) {
        Bytes32 challenge = IexecDigests.namedSecret(write.owner(), write.name(), write.value());
        return ifSigned(
                write.owner(),
                challenge,
                SentSignature.parse(write.signature()),
                wallet -> write.id()
                        .map(id -> sized(write.value(), () -> then.apply(id, challenge, wallet)))
                        .orElseGet(Outcome.BadName::new));
    }

    private Outcome ifSigned(
            Address signer,
            Bytes32 challenge,
            Optional<SentSignature> signature,
            Function<Optional<Provenance>, Outcome> then) {
        return switch (signatures.atHead(signer, IexecDigests.personalMessage(challenge.bytes()), signature)) {
            case Signing.Signed(var wallet) -> then.apply(wallet);
            case Signing.NotSigned ignored -> new Outcome.Unauthorized();
            case Signing.Unknown ignored -> new Outcome.ChainUnavailable();
        };
    }

    private static Outcome sized(byte[] value, Supplier<Outcome> then) {
        return value.length > MAX_VALUE_BYTES ? new Outcome.TooLarge() : then.get();
    }

    private Outcome push(SecretId id, Address owner, Bytes32 challenge, Optional<Provenance> read, byte[] value) {
        try (SecretBytes secret = SecretBytes.copyOf(value)) {
            return switch (vault.push(new Push(id, owner, challenge, read, secret))) {
                case PushOutcome.Stored ignored -> new Outcome.Stored();
                case PushOutcome.AlreadyExists ignored -> new Outcome.AlreadyExists();
                case PushOutcome.OfAnotherKind ignored -> new Outcome.Unauthorized();
                case PushOutcome.OverQuota ignored -> new Outcome.AlreadyExists();
            };
        }
    }

    private Outcome replace(
            SecretId.AccountSecret id, AccountWrite write, Bytes32 challenge, Optional<Provenance> wallet) {
        try (SecretBytes secret = SecretBytes.copyOf(write.value())) {
            return switch (vault.replace(new Push(id, write.owner(), challenge, wallet, secret))) {
                case ReplaceOutcome.Stored ignored -> new Outcome.Stored();
                case ReplaceOutcome.Unchanged ignored -> new Outcome.Stored();
                case ReplaceOutcome.Replayed ignored -> new Outcome.Unauthorized();
                case ReplaceOutcome.Missing ignored -> new Outcome.Missing();
            };
        }
    }
}
