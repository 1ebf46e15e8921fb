package io.attested.sms.release.web;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.http.InputFault;
import io.attested.sms.http.JsonBody;
import io.attested.sms.identity.Ask;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.release.AskRequest;
import io.attested.sms.release.RedeemRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of the native protocol. */
final class NativeRequests {
    private static final Set<String> ASK_BODY = Set.of("authorization", "ask", "askSignature");
    private static final Set<String> AUTHORIZATION =
            Set.of("chainTaskId", "workerWallet", "enclaveChallenge", "dealId", "taskIndex", "signature");
    private static final Set<String> ASK = Set.of("chainTaskId", "stage", "worker", "enclaveChallenge", "deadline");
    private static final Set<String> GRANT_BODY = Set.of("challenge", "quote", "runtimeData", "collateral");

    // 9999-12-31: later seconds do not fit into the forms in which instants are written.
    private static final long LATEST_SECOND = 253_402_300_799L;

    private NativeRequests() {}

    static AskRequest ask(byte @Nullable [] body) {
        JsonBody json = JsonBody.parse(present(body), ASK_BODY);
        JsonBody authorization = json.object("authorization", AUTHORIZATION);
        JsonBody ask = json.object("ask", ASK);
        return new AskRequest(
                bytes32(authorization, "chainTaskId"),
                address(authorization, "workerWallet"),
                address(authorization, "enclaveChallenge"),
                deal(authorization),
                SentSignature.parse(
                        authorization.object("signature", Set.of("value")).text("value")),
                new Ask(
                        bytes32(ask, "chainTaskId"),
                        ask.text("stage"),
                        address(ask, "worker"),
                        address(ask, "enclaveChallenge"),
                        instant(ask, "deadline")),
                SentSignature.parse(json.text("askSignature")));
    }

    /** Members nobody signs: where one is missing or no deal or index, both count for nothing. */
    private static Optional<DealClaim> deal(JsonBody authorization) {
        Optional<Bytes32> id =
                authorization.json("dealId").flatMap(NativeRequests::quoted).flatMap(Bytes32::tryParse);
        Optional<Long> index = authorization.json("taskIndex").flatMap(NativeRequests::index);
        return id.flatMap(deal -> index.map(number -> new DealClaim(deal, number)));
    }

    private static Optional<String> quoted(String json) {
        return json.length() > 1 && json.startsWith("\"")
                ? Optional.of(json.substring(1, json.length() - 1))
                : Optional.empty();
    }

    private static Optional<Long> index(String json) {
        return json.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(json)) : Optional.empty();
    }

    static RedeemRequest redeem(byte @Nullable [] body) {
        JsonBody json = JsonBody.parse(present(body), GRANT_BODY);
        return new RedeemRequest(
                json.text("challenge"),
                ByteString.copyOf(json.base64("quote")),
                ByteString.copyOf(json.base64("runtimeData")),
                json.json("collateral").map(text -> () -> collateral(text)));
    }

    private static CollateralParsing collateral(String text) {
        return Collateral.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] present(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw new InputFault("the body is empty, expected a JSON object");
        }
        return body;
    }

    private static Bytes32 bytes32(JsonBody json, String member) {
        return Bytes32.tryParse(json.text(member))
                .orElseThrow(() -> new InputFault(json.path(member) + " is not 0x and 64 hex digits"));
    }

    private static Address address(JsonBody json, String member) {
        return Address.tryParse(json.text(member))
                .orElseThrow(() -> new InputFault(json.path(member) + " is not 0x and 40 hex digits"));
    }

    private static Instant instant(JsonBody json, String member) {
        long seconds = json.number(member);
        if (seconds < 0 || seconds > LATEST_SECOND) {
            throw new InputFault(json.path(member) + " is not a time in seconds since 1970");
        }
        return Instant.ofEpochSecond(seconds);
    }
}
