package io.attested.sms.clients;

import io.attested.sms.contracts.testbed.Wallet;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls that scheduler and worker share, read as strictly as iExec's client library reads: an unknown member at any
 * level and an unknown constant are failures, an explicit {@code null} is not (contract section 1.1).
 */
final class StrictSms {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final byte[] DOMAIN = Wallet.keccak("IEXEC_SMS_DOMAIN".getBytes(StandardCharsets.UTF_8));
    private static final Set<String> COMMON = Set.of("teeFramework", "preComputeProperties", "postComputeProperties");

    private final StrictHttp http;

    StrictSms(URI server) {
        this.http = new StrictHttp(server);
    }

    /** What a host can run. */
    enum Framework {
        SCONE,
        GRAMINE,
        TDX
    }

    /** Which client library: the one of 8 was built before {@code teeFrameworkVersion}. */
    enum Generation {
        V8,
        V9
    }

    /** One enclave of a pipeline. */
    record Compute(
            String image, String fingerprint, @Nullable String entrypoint, long heapSizeInBytes) {}

    /** The pipeline of a framework; which members may be there depends on framework and generation. */
    record Properties(
            Framework teeFramework,
            @Nullable String teeFrameworkVersion,
            Compute preComputeProperties,
            Compute postComputeProperties,
            @Nullable String lasImage) {}

    /** {@code GET /tee/framework}. @throws StrictHttp.ClientFailure for anything but a known framework */
    Framework framework() {
        return read(success("/tee/framework", http.ask("GET", "/tee/framework")), Framework.class);
    }

    /** {@code GET /tee/properties/…}: by version, or for generation 8 without. @throws StrictHttp.ClientFailure else */
    Properties properties(Generation generation, Framework framework, String version) {
        String target = "/tee/properties/" + framework + (generation == Generation.V9 ? "/" + version : "");
        String body = success(target, http.ask("GET", target));
        Properties properties = read(body, Properties.class);
        JsonNode members = JSON.readTree(body);
        for (String member : members.propertyNames()) {
            boolean known = COMMON.contains(member)
                    || (member.equals("teeFrameworkVersion") && generation == Generation.V9)
                    || (member.equals("lasImage") && properties.teeFramework() == Framework.SCONE);
            if (!known) {
                throw new StrictHttp.ClientFailure(target + " answered the unknown member " + member, 200, null);
            }
        }
        return properties;
    }

    /** Whether an account's secret is there; anything but 204 and 404 is a failure. */
    boolean holds(String owner, String name) {
        StrictHttp.Answer answer = http.ask("HEAD", account(owner, name));
        if (answer.status() == 404) {
            return false;
        }
        success(account(owner, name), answer);
        return true;
    }

    /** Stores an account's secret: {@code PUT} when it is there and {@code POST} when not. */
    void store(Wallet owner, String name, String value) {
        String method = holds(owner.address(), name) ? "PUT" : "POST";
        String target = account(owner.address(), name);
        success(target, http.send(method, target, signature(owner, name, value), value));
    }

    /** {@code POST} with a JSON body, whatever is answered. */
    StrictHttp.Answer post(String target, String authorization, Object body) {
        return http.send("POST", target, authorization, JSON.writeValueAsString(body));
    }

    /** {@code POST} with a body of no bytes, whatever is answered. */
    StrictHttp.Answer post(String target, String authorization) {
        return http.send("POST", target, authorization, "");
    }

    /** A body as JSON, or none when it is empty or not of this form. */
    static <T> Optional<T> decoded(String body, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(body, type));
        } catch (JacksonException undecodable) {
            return Optional.empty();
        }
    }

    private static <T> T read(String body, Class<T> type) {
        return decoded(body, type)
                .orElseThrow(() -> new StrictHttp.ClientFailure("no " + type.getSimpleName() + ": " + body, 200, null));
    }

    private static String success(String target, StrictHttp.Answer answer) {
        if (!answer.isSuccess()) {
            throw new StrictHttp.ClientFailure(target + " answered " + answer.status(), answer.status(), null);
        }
        return answer.body();
    }

    private static String account(String owner, String name) {
        return "/secrets/web2?ownerAddress=" + StrictHttp.encoded(owner) + "&secretName=" + StrictHttp.encoded(name);
    }

    /** Contract section 2.1: over {@code H(domain ‖ owner ‖ H(name) ‖ H(value))}. */
    private static String signature(Wallet owner, String name, String value) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(DOMAIN);
        message.writeBytes(HexFormat.of().parseHex(owner.address().substring(2)));
        message.writeBytes(Wallet.keccak(name.getBytes(StandardCharsets.UTF_8)));
        message.writeBytes(Wallet.keccak(value.getBytes(StandardCharsets.UTF_8)));
        return owner.signMessage(Wallet.keccak(message.toByteArray()));
    }
}
