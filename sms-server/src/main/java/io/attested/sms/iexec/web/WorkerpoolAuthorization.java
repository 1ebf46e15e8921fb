package io.attested.sms.iexec.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.http.InputFault;
import io.attested.sms.identity.WalletSignature;
import io.attested.sms.iexec.SessionDesk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /tee/sessions}. Unknown members are ignored; {@code dealId} and {@code taskIndex} are not
 * covered by any signature and therefore not read.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WorkerpoolAuthorization(
        @Nullable String chainTaskId,
        @Nullable String workerWallet,
        @Nullable String enclaveChallenge,
        @Nullable Signature signature) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Signature(@Nullable String value) {}

    boolean isTaskIdEmpty() {
        return chainTaskId != null && chainTaskId.isEmpty();
    }

    /**
     * The typed request, or nothing when a member is no value that anybody could have signed.
     *
     * @throws InputFault when there is no worker: the original crashes there
     */
    Optional<SessionDesk.SessionRequest> request(Optional<WalletSignature> workerSignature) {
        if (workerWallet == null) {
            throw new InputFault("workerWallet is missing");
        }
        Optional<Bytes32> task = chainTaskId == null ? Optional.of(Bytes32.ZERO) : Bytes32.tryParse(chainTaskId);
        Optional<Address> worker = Address.tryParse(workerWallet);
        Optional<String> sentChallenge = Optional.ofNullable(enclaveChallenge).filter(text -> !text.isEmpty());
        Optional<Address> challenge = sentChallenge.flatMap(Address::tryParse);
        if (task.isEmpty() || worker.isEmpty() || sentChallenge.isPresent() != challenge.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new SessionDesk.SessionRequest(task.get(), worker.get(), challenge, workerSignature, poolSignature()));
    }

    private Optional<WalletSignature> poolSignature() {
        return Optional.ofNullable(signature)
                .flatMap(given -> Optional.ofNullable(given.value()))
                .flatMap(WalletSignature::parse);
    }
}
