package io.attested.sms.iexec.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.http.InputFault;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.iexec.SessionDesk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /tee/sessions}. Unknown members are ignored.
 *
 * @param dealId covered by no signature and not used
 * @param taskIndex likewise; a number all the same, or the body cannot be read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WorkerpoolAuthorization(
        @Nullable String chainTaskId,
        @Nullable String dealId,
        @Nullable Integer taskIndex,
        @Nullable String workerWallet,
        @Nullable String enclaveChallenge,
        @Nullable Signature signature) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Signature(@Nullable String value) {}

    /**
     * What the desk says to it; nothing when a member is no value that anybody could have signed.
     *
     * @throws InputFault when there is no worker: the original crashes there
     */
    Optional<SessionDesk.SessionOutcome> ask(SessionDesk desk, Optional<SentSignature> workerSignature) {
        if (workerWallet == null) {
            throw new InputFault("workerWallet is missing");
        }
        Optional<Address> worker = Address.tryParse(workerWallet);
        Optional<String> sentChallenge = Optional.ofNullable(enclaveChallenge).filter(text -> !text.isEmpty());
        Optional<Address> challenge = sentChallenge.flatMap(Address::tryParse);
        if (worker.isEmpty() || sentChallenge.isPresent() != challenge.isPresent()) {
            return Optional.empty();
        }
        if (chainTaskId != null && chainTaskId.isEmpty()) {
            return Optional.of(desk.sessionOfNoTask(worker.get(), challenge, workerSignature));
        }
        Optional<Bytes32> task = chainTaskId == null ? Optional.of(Bytes32.ZERO) : Bytes32.tryParse(chainTaskId);
        return task.map(id -> desk.session(
                new SessionDesk.SessionRequest(id, worker.get(), challenge, workerSignature, poolSignature())));
    }

    private Optional<SentSignature> poolSignature() {
        return Optional.ofNullable(signature)
                .flatMap(given -> Optional.ofNullable(given.value()))
                .flatMap(SentSignature::parse);
    }
}
