package io.attested.sms.iexec;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.SignerRecovery;
import io.attested.sms.identity.WalletSignature;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.PushOutcome;
import io.attested.sms.secret.ReplaceOutcome;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.util.Optional;
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
    private final SecretVault vault;

    public PushDesk(ChainView chain, SecretVault vault) {
        this.chain = chain;
        this.vault = vault;
    }

    /** What became of a push or a replacement. */
    public sealed interface Outcome {
        /** The secret is durable. */
        record Stored() implements Outcome {}

        /** Not signed by who may write here, or a value that was replaced before. */
        record Unauthorized() implements Outcome {}

        /** The name is not allowed. */
        record BadName() implements Outcome {}

        /** The value is longer than {@link PushDesk#MAX_VALUE_BYTES}. */
        record TooLarge() implements Outcome {}

        /** There is, or was, such a secret; or its owner's quota is used up. */
        record AlreadyExists() implements Outcome {}

        /** There is nothing to replace. */
        record Missing() implements Outcome {}

        /** The owner cannot be learned from the chain now. */
        record ChainUnavailable() implements Outcome {}
    }

    /** A dataset's key, signed by the dataset's owner. */
    public Outcome pushDatasetKey(String dataset, String signature, byte[] value) {
        Optional<WalletSignature> parsed = WalletSignature.parse(signature);
        Optional<Address> address = Address.tryParse(dataset);
        if (parsed.isEmpty() || address.isEmpty()) {
            return new Outcome.Unauthorized();
        }
        Bytes32 challenge = IexecDigests.datasetKey(address.get(), value);
        return pushOwned(new SecretId.DatasetKey(address.get()), address.get(), challenge, parsed, value);
    }

    /** An app developer's secret, signed by the app's owner. */
    public Outcome pushAppSecret(Address app, String signature, byte[] value) {
        Bytes32 challenge = IexecDigests.namedSecret(app, APP_SECRET_KEY, value);
        return pushOwned(new SecretId.AppSecret(app), app, challenge, WalletSignature.parse(signature), value);
    }

    private Outcome pushOwned(
            SecretId id, Address asset, Bytes32 challenge, Optional<WalletSignature> signature, byte[] value) {
        Optional<Address> signer = signature.flatMap(
                given -> SignerRecovery.signer(IexecDigests.personalMessage(challenge.bytes()), given));
        if (signer.isEmpty()) {
            return new Outcome.Unauthorized();
        }
        return switch (chain.owner(asset)) {
            case OwnerLookup.Owner(Address owner, var ignored) ->
                owner.equals(signer.get())
                        ? sized(value, () -> push(id, owner, challenge, value))
                        : new Outcome.Unauthorized();
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
        if (!isSignedBy(requester, challenge, signature)) {
            return new Outcome.Unauthorized();
        }
        return id.map(valid -> sized(value, () -> push(valid, requester, challenge, value)))
                .orElseGet(Outcome.BadName::new);
    }

    /** A new account secret, signed by the account. */
    public Outcome pushAccountSecret(AccountWrite write) {
        return accountWrite(write, (id, challenge) -> push(id, write.owner(), challenge, write.value()));
    }

    /** Another value for an account secret, signed by the account. */
    public Outcome replaceAccountSecret(AccountWrite write) {
        return accountWrite(write, (id, challenge) -> replace(id, write, challenge));
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
        Outcome apply(SecretId.AccountSecret id, Bytes32 challenge);
    }

    private Outcome accountWrite(AccountWrite write, Write then) {
        Bytes32 challenge = IexecDigests.namedSecret(write.owner(), write.name(), write.value());
        if (!isSignedBy(write.owner(), challenge, write.signature())) {
            return new Outcome.Unauthorized();
        }
        if (write.id().isEmpty()) {
            return new Outcome.BadName();
        }
        return sized(write.value(), () -> then.apply(write.id().get(), challenge));
    }

    private static boolean isSignedBy(Address signer, Bytes32 challenge, String signature) {
        return SignerRecovery.isSignedBy(
                signer, IexecDigests.personalMessage(challenge.bytes()), WalletSignature.parse(signature));
    }

    private static Outcome sized(byte[] value, Supplier<Outcome> then) {
        return value.length > MAX_VALUE_BYTES ? new Outcome.TooLarge() : then.get();
    }

    private Outcome push(SecretId id, Address owner, Bytes32 challenge, byte[] value) {
        try (SecretBytes secret = SecretBytes.copyOf(value)) {
            return switch (vault.push(new Push(id, owner, challenge, secret))) {
                case PushOutcome.Stored ignored -> new Outcome.Stored();
                case PushOutcome.AlreadyExists ignored -> new Outcome.AlreadyExists();
                case PushOutcome.OverQuota ignored -> new Outcome.AlreadyExists();
            };
        }
    }

    private Outcome replace(SecretId.AccountSecret id, AccountWrite write, Bytes32 challenge) {
        try (SecretBytes secret = SecretBytes.copyOf(write.value())) {
            return switch (vault.replace(new Push(id, write.owner(), challenge, secret))) {
                case ReplaceOutcome.Stored ignored -> new Outcome.Stored();
                case ReplaceOutcome.Unchanged ignored -> new Outcome.Stored();
                case ReplaceOutcome.Replayed ignored -> new Outcome.Unauthorized();
                case ReplaceOutcome.Missing ignored -> new Outcome.Missing();
            };
        }
    }
}
