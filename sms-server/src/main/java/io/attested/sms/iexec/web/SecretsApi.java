package io.attested.sms.iexec.web;

import io.attested.sms.chain.Address;
import io.attested.sms.iexec.PushDesk;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretKind;
import io.attested.sms.secret.SecretVault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /secrets}: dataset keys ("web3") and account secrets ("web2"), contract section 1.2. */
@CrossOrigin
@RestController
@RequestMapping("/secrets")
final class SecretsApi {
    private final PushDesk desk;
    private final SecretVault vault;
    private final PushMeter meter;

    SecretsApi(PushDesk desk, SecretVault vault, PushMeter meter) {
        this.desk = desk;
        this.vault = vault;
        this.meter = meter;
    }

    @RequestMapping(path = "/web3", method = RequestMethod.HEAD)
    ResponseEntity<Void> hasDatasetKey(@RequestParam String secretAddress) {
        return present(LowerCased.address(secretAddress).map(SecretId.DatasetKey::new));
    }

    @PostMapping("/web3")
    ResponseEntity<Void> pushDatasetKey(
            @RequestHeader("Authorization") String authorization,
            @RequestParam String secretAddress,
            HttpServletRequest request)
            throws IOException {
        byte[] value = RawBody.of(request);
        PushDesk.Outcome outcome = desk.pushDatasetKey(secretAddress, authorization, value);
        meter.pushed(SecretKind.DATASET_KEY, outcome);
        return answer(outcome);
    }

    @RequestMapping(path = "/web2", method = RequestMethod.HEAD)
    ResponseEntity<Void> hasAccountSecret(@RequestParam String ownerAddress, @RequestParam String secretName) {
        return present(LowerCased.address(ownerAddress)
                .flatMap(owner ->
                        AccountSecretName.tryParse(secretName).map(name -> new SecretId.AccountSecret(owner, name))));
    }

    @PostMapping("/web2")
    ResponseEntity<Void> pushAccountSecret(
            @RequestHeader("Authorization") String authorization,
            @RequestParam String ownerAddress,
            @RequestParam String secretName,
            HttpServletRequest request)
            throws IOException {
        PushDesk.Outcome outcome = write(ownerAddress, secretName, authorization, RawBody.of(request))
                .map(desk::pushAccountSecret)
                .orElseGet(PushDesk.Outcome.Unauthorized::new);
        meter.pushed(SecretKind.ACCOUNT_SECRET, outcome);
        return answer(outcome);
    }

    @PutMapping("/web2")
    ResponseEntity<Void> replaceAccountSecret(
            @RequestHeader("Authorization") String authorization,
            @RequestParam String ownerAddress,
            @RequestParam String secretName,
            HttpServletRequest request)
            throws IOException {
        PushDesk.Outcome outcome = write(ownerAddress, secretName, authorization, RawBody.of(request))
                .map(desk::replaceAccountSecret)
                .orElseGet(PushDesk.Outcome.Unauthorized::new);
        meter.replaced(SecretKind.ACCOUNT_SECRET, outcome);
        return answer(outcome);
    }

    private static Optional<PushDesk.AccountWrite> write(String owner, String name, String signature, byte[] value) {
        return Address.tryParse(owner)
                .map(address -> new PushDesk.AccountWrite(
                        address,
                        name,
                        AccountSecretName.tryParse(name).map(valid -> new SecretId.AccountSecret(address, valid)),
                        signature,
                        value));
    }

    private ResponseEntity<Void> present(Optional<? extends SecretId> id) {
        return ResponseEntity.status(
                        id.filter(vault::present).isPresent() ? HttpStatus.NO_CONTENT : HttpStatus.NOT_FOUND)
                .build();
    }

    private static ResponseEntity<Void> answer(PushDesk.Outcome outcome) {
        return switch (outcome) {
            case PushDesk.Outcome.BadName ignored -> RawBody.badRequest();
            case PushDesk.Outcome.TooLarge ignored -> status(HttpStatus.CONTENT_TOO_LARGE);
            case PushDesk.Outcome.Stored ignored -> status(HttpStatus.NO_CONTENT);
            case PushDesk.Outcome.Unauthorized ignored -> status(HttpStatus.UNAUTHORIZED);
            case PushDesk.Outcome.AlreadyExists ignored -> status(HttpStatus.CONFLICT);
            case PushDesk.Outcome.Missing ignored -> status(HttpStatus.NOT_FOUND);
            case PushDesk.Outcome.ChainUnavailable ignored -> status(HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    private static ResponseEntity<Void> status(HttpStatus status) {
        return ResponseEntity.status(status).build();
    }
}
