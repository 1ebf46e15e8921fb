package io.attested.sms.identity;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.WalletLookup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says whether a claimed signer signed: by recovery of its key and, only when that gives somebody else, by asking the
 * contract at the claimed address (ERC-1271).
 *
 * <p>Guarantee: a key's signature costs no look at the chain, and the zero address signs nothing. Limit: whoever sends a
 * signature of somebody else makes this service ask its nodes once or twice; how often is bounded by the budget of writes
 * of each source, how many at a time by {@value #MOST_AT_ONCE}, so that wallets that compute for long hold up wallets
 * only.
 */
public final class SignatureJudge {
    private static final int MOST_AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ChainView chain;
    private final Duration patience;
    private final Semaphore asking = new Semaphore(MOST_AT_ONCE);

    public SignatureJudge(ChainView chain) {
        this(chain, PATIENCE);
    }

    /** @param patience longest wait for a turn to ask */
    SignatureJudge(ChainView chain, Duration patience) {
        this.chain = chain;
        this.patience = patience;
    }

    private interface Wallets {
        WalletLookup approves(Bytes32 hash, byte[] signature);
    }

    /**
     * For what releases something: the wallet approves at the settled block and, where that is another, at the head too.
     *
     * @param digest the 32 bytes that were signed; for iExec's digests {@link IexecDigests#personalMessage}
     */
    public Signing settled(Address claimed, byte[] digest, Optional<SentSignature> signature) {
        return judge(claimed, digest, signature, (hash, bytes) -> {
            WalletLookup settled = chain.walletApproves(claimed, hash, bytes);
            // A wallet may have dropped a key since: that counts as soon as the head shows it.
            return settled instanceof WalletLookup.Approves(Provenance read)
                            && !read.settled().equals(read.head())
                    ? chain.walletApprovesAtHead(claimed, hash, bytes)
                    : settled;
        });
    }

    /**
     * For what releases nothing: the wallet approves at the head.
     *
     * @param digest as for {@link #settled}
     */
    public Signing atHead(Address claimed, byte[] digest, Optional<SentSignature> signature) {
        return judge(claimed, digest, signature, (hash, bytes) -> chain.walletApprovesAtHead(claimed, hash, bytes));
    }

    private Signing judge(Address claimed, byte[] digest, Optional<SentSignature> signature, Wallets wallets) {
        if (signature.isEmpty() || claimed.isZero()) {
            return new Signing.NotSigned();
        }
        return SignerRecovery.isSignedBy(claimed, digest, signature.get().ofKey())
                ? new Signing.Signed(Optional.empty())
                : asked(() ->
                        wallets.approves(Bytes32.of(digest), signature.get().bytes()));
    }

    private Signing asked(Supplier<WalletLookup> question) {
        if (!admitted()) {
            return new Signing.Unknown(new ChainFailure(
                    ChainFailure.Kind.TIMEOUT, "too many contract wallets are being asked at once; no turn in time"));
        }
        try {
            return signing(question.get());
        } finally {
            asking.release();
        }
    }

    private boolean admitted() {
        try {
            return asking.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Signing signing(WalletLookup lookup) {
        return switch (lookup) {
            case WalletLookup.Approves(Provenance read) -> new Signing.Signed(Optional.of(read));
            case WalletLookup.Refuses ignored -> new Signing.NotSigned();
            case WalletLookup.NoContract ignored -> new Signing.NotSigned();
            case WalletLookup.Unavailable(ChainFailure failure) -> new Signing.Unknown(failure);
        };
    }
}
