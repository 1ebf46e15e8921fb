package io.attested.sms.worker.release;

import io.attested.sms.worker.ethereum.Ask;
import io.attested.sms.worker.ethereum.AskDomain;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.Wallet;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Where the boot stage gets the worker's signed question from.
 *
 * <p>The worker's wallet belongs to the host. An enclave usually gets the ask signed already.
 */
@FunctionalInterface
public interface AskSigner {
    /** How far ahead the deadline is set when we sign ourselves; the service allows 5 minutes. */
    Duration LIFETIME = Duration.ofMinutes(4);

    /** The signed ask for the stage {@code app} of this task. */
    SignedAsk sign(Bytes32 chainTaskId, EthereumAddress enclaveChallenge, AskDomain domain);

    /** Signs with a wallet at hand. */
    static AskSigner of(Wallet wallet, InstantSource clock) {
        return (task, challenge, domain) -> {
            long deadline = clock.instant().plus(LIFETIME).getEpochSecond();
            Ask ask = new Ask(task, Ask.APP_STAGE, wallet.address(), challenge, deadline);
            return new SignedAsk(ask, wallet.signAsk(ask, domain));
        };
    }

    /** Hands out what was signed before. */
    static AskSigner of(SignedAsk signed) {
        return (task, challenge, domain) -> signed;
    }
}
