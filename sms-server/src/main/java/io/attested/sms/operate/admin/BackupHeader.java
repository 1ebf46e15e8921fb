package io.attested.sms.operate.admin;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.operate.store.StoreStamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The second file of a backup, {@code NAME.key}: what {@code NAME} is, for programs and people. It holds no key, and
 * nothing in it is believed but the checksum, which finds damage before anything is opened.
 *
 * @param contents what the backup says it holds
 * @param bytes length of {@code NAME}
 * @param sha256 of the whole file {@code NAME}
 */
record BackupHeader(Contents contents, long bytes, Bytes32 sha256) {
    /** Most bytes of the file. */
    static final int LARGEST = 4096;

    private static final String FORMAT = "sms-backup/1";
    private static final JsonMapper JSON = JsonMapper.shared();

    byte[] json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("madeAt", contents.madeAt().toString());
        json.put("realm", contents.stamp().realm().word());
        json.put("chainId", contents.stamp().chainId());
        json.put("hub", contents.stamp().hub().toString());
        json.put("trustRoot", contents.stamp().trustRootDigest().toString());
        json.put("serviceId", contents.serviceId().toString());
        json.put("sequence", contents.sequence());
        json.put("head", contents.head().toString());
        json.put("bytes", bytes);
        json.put("sha256", sha256.toString());
        return JSON.writeValueAsBytes(json);
    }

    /** Reads exactly what {@link #json} writes; anything else is nothing. */
    static Optional<BackupHeader> parse(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            BackupHeader header = new BackupHeader(
                    new Contents(
                            new StoreStamp(
                                    Realm.valueOf(text(json, "realm").toUpperCase(Locale.ROOT)),
                                    json.path("chainId").asLong(-1),
                                    Address.parse(text(json, "hub")),
                                    Bytes32.parse(text(json, "trustRoot"))),
                            Instant.parse(text(json, "madeAt")),
                            Bytes32.parse(text(json, "serviceId")),
                            json.path("sequence").asLong(-1),
                            Bytes32.parse(text(json, "head"))),
                    json.path("bytes").asLong(-1),
                    Bytes32.parse(text(json, "sha256")));
            return Arrays.equals(bytes, header.json()) ? Optional.of(header) : Optional.empty();
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString("");
    }
}
