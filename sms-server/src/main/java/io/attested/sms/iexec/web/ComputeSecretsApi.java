package io.attested.sms.iexec.web;

import io.attested.sms.chain.Address;
import io.attested.sms.iexec.PushDesk;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretKind;
import io.attested.sms.secret.SecretVault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** {@code /apps} and {@code /requesters}: secrets the application itself receives, contract section 1.3. */
@CrossOrigin
@RestController
final class ComputeSecretsApi {
    private static final String TOO_LARGE = "Secret size should not exceed 4 Kb";
    private static final String BAD_KEY = "Secret key should contain at most 64 characters from [0-9A-Za-z-_]";

    private static final String BAD_INDEX = "Secret index should be a positive number";
    private static final Pattern POSITIVE = Pattern.compile("\\+?0*[1-9][0-9]{0,18}");
    private static final Pattern ONE = Pattern.compile("\\+?0*1");

    private final PushDesk desk;
    private final SecretVault vault;
    private final PushMeter meter;

    ComputeSecretsApi(PushDesk desk, SecretVault vault, PushMeter meter) {
        this.desk = desk;
        this.vault = vault;
        this.meter = meter;
    }

    /** The form with the index 1 is what the SDK 7.2 to 8.13 sends: an app has one secret. */
    @PostMapping({"/apps/{appAddress}/secrets", "/apps/{appAddress}/secrets/1"})
    ResponseEntity<Map<String, List<String>>> pushAppSecret(
            @PathVariable String appAddress,
            @RequestHeader("Authorization") String authorization,
            HttpServletRequest request)
            throws IOException {
        byte[] value = RawBody.of(request);
        PushDesk.Outcome outcome = LowerCased.address(appAddress)
                .map(app -> desk.pushAppSecret(app, authorization, value))
                .orElseGet(PushDesk.Outcome.Unauthorized::new);
        meter.pushed(SecretKind.APP_SECRET, outcome);
        return answer(outcome, HttpStatus.CONTENT_TOO_LARGE);
    }

    @RequestMapping(path = "/apps/{appAddress}/secrets", method = RequestMethod.HEAD)
    ResponseEntity<Map<String, List<String>>> hasAppSecret(@PathVariable String appAddress) {
        return presence(LowerCased.address(appAddress).map(SecretId.AppSecret::new));
    }

    /** As the servers before 8.7 answered it: contract section 1.7. */
    @RequestMapping(path = "/apps/{appAddress}/secrets/{index}", method = RequestMethod.HEAD)
    ResponseEntity<Map<String, List<String>>> hasAppSecret(
            @PathVariable String appAddress, @PathVariable String index) {
        if (!POSITIVE.matcher(index).matches()) {
            return error(HttpStatus.BAD_REQUEST, BAD_INDEX);
        }
        return ONE.matcher(index).matches() ? hasAppSecret(appAddress) : notFound();
    }

    @PostMapping("/requesters/{requesterAddress}/secrets/{secretKey}")
    ResponseEntity<Map<String, List<String>>> pushRequesterSecret(
            @PathVariable String requesterAddress,
            @PathVariable String secretKey,
            @RequestHeader("Authorization") String authorization,
            HttpServletRequest request)
            throws IOException {
        byte[] value = RawBody.of(request);
        PushDesk.Outcome outcome = LowerCased.address(requesterAddress)
                .map(requester ->
                        desk.pushRequesterSecret(requester, secretKey, id(requester, secretKey), authorization, value))
                .orElseGet(PushDesk.Outcome.Unauthorized::new);
        meter.pushed(SecretKind.REQUESTER_SECRET, outcome);
        return answer(outcome, HttpStatus.BAD_REQUEST);
    }

    @RequestMapping(path = "/requesters/{requesterAddress}/secrets/{secretKey}", method = RequestMethod.HEAD)
    ResponseEntity<Map<String, List<String>>> hasRequesterSecret(
            @PathVariable String requesterAddress, @PathVariable String secretKey) {
        if (RequesterSecretName.tryParse(secretKey).isEmpty()) {
            return error(HttpStatus.BAD_REQUEST, BAD_KEY);
        }
        return presence(LowerCased.address(requesterAddress).flatMap(requester -> id(requester, secretKey)));
    }

    private static Optional<SecretId.RequesterSecret> id(Address requester, String key) {
        return RequesterSecretName.tryParse(key).map(name -> new SecretId.RequesterSecret(requester, name));
    }

    private ResponseEntity<Map<String, List<String>>> presence(Optional<? extends SecretId> id) {
        return id.filter(vault::present).isPresent()
                ? ResponseEntity.noContent().build()
                : notFound();
    }

    private static ResponseEntity<Map<String, List<String>>> notFound() {
        return error(HttpStatus.NOT_FOUND, "Secret not found");
    }

    private static ResponseEntity<Map<String, List<String>>> answer(PushDesk.Outcome outcome, HttpStatus tooLarge) {
        return switch (outcome) {
            case PushDesk.Outcome.Stored ignored -> ResponseEntity.noContent().build();
            case PushDesk.Outcome.Unauthorized ignored -> error(HttpStatus.UNAUTHORIZED, "Invalid authorization");
            case PushDesk.Outcome.BadName ignored -> error(HttpStatus.BAD_REQUEST, BAD_KEY);
            case PushDesk.Outcome.TooLarge ignored -> error(tooLarge, TOO_LARGE);
            case PushDesk.Outcome.AlreadyExists ignored -> error(HttpStatus.CONFLICT, "Secret already exists");
            case PushDesk.Outcome.Missing ignored -> notFound();
            case PushDesk.Outcome.ChainUnavailable ignored ->
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        };
    }

    private static ResponseEntity<Map<String, List<String>>> error(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", List.of(text)));
    }
}
