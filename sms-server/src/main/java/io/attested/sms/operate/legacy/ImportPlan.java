package io.attested.sms.operate.legacy;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides row by row what becomes of an original's data. Nothing is written.
 *
 * <p>The original kept no owner of a dataset's or an app's secret, so the chain is asked who owns the asset at the head.
 * The push that made a value is named as if it had been sent here, so that its replay counts as one; account secrets under
 * their lower-case name, the only one the original kept.
 */
public final class ImportPlan {
    private static final String APP_KEY = "1";
    private static final String DEVELOPER = "0";
    private static final String REQUESTER = "1";
    private static final int KEY_DIGITS = 64;

    /** Bytes, as for a push. */
    private static final int LONGEST_VALUE = 4096;

    private final LegacyContent content;
    private final LegacyCipher cipher;
    private final ImportTarget target;
    private final Function<Address, OwnerLookup> ownerOf;
    private final Instant now;
    private final Set<SecretId> planned = new HashSet<>();
    private final Map<Address, OwnerLookup> owners = new HashMap<>();
    private final Map<Address, Address> found = new TreeMap<>(Comparator.comparing(Address::value));
    private long decrypted;
    private long notDecrypted;

    /** @param ownerOf asks the chain for an asset's owner at the head */
    public ImportPlan(
            LegacyContent content,
            LegacyCipher cipher,
            ImportTarget target,
            Function<Address, OwnerLookup> ownerOf,
            Instant now) {
        this.content = content;
        this.cipher = cipher;
        this.target = target;
        this.ownerOf = ownerOf;
        this.now = now;
    }

    /**
     * Refuses a key that is plainly another's: with it most values do not decrypt.
     *
     * @throws LegacyUnreadable when half of the values or more do not
     */
    public void requireKeyFits() throws LegacyUnreadable {
        for (LegacyTable table :
                new LegacyTable[] {LegacyTable.ACCOUNT_SECRETS, LegacyTable.DATASET_KEYS, LegacyTable.COMPUTE_SECRETS
                }) {
            content.rows(table).forEach(row -> count(row.text("value")));
        }
        content.rows(LegacyTable.CREDENTIALS).stream()
                .filter(ImportPlan::isEncrypted)
                .forEach(row -> count(row.text("private_key")));
        if (notDecrypted > 0 && notDecrypted >= decrypted) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.NOT_AN_ORIGINALS,
                    notDecrypted + " of " + (decrypted + notDecrypted)
                            + " values do not decrypt under this key; expected the key that lies beside this database;"
                            + " nothing was imported");
        }
    }

    private void count(String value) {
        if (!value.isBlank()) {
            Optional<SecretBytes> plain = cipher.decrypt(value);
            plain.ifPresent(SecretBytes::close);
            decrypted += plain.isPresent() ? 1 : 0;
            notDecrypted += plain.isPresent() ? 0 : 1;
        }
    }

    /** Hands out a candidate for each row, once; who takes it closes it. */
    public void forEach(Consumer<Candidate> taker) {
        served(LegacyTable.ACCOUNT_SECRETS, "address", "owner_address").forEach(row -> taker.accept(account(row)));
        served(LegacyTable.DATASET_KEYS, "address").forEach(row -> taker.accept(dataset(row)));
        served(LegacyTable.COMPUTE_SECRETS, "on_chain_object_address", "fixed_secret_owner")
                .forEach(row -> taker.accept(compute(row)));
        Map<String, LegacyContent.Row> credentials = new HashMap<>();
        content.rows(LegacyTable.CREDENTIALS).forEach(row -> credentials.put(row.text("id"), row));
        Map<String, Long> rowsOfTask = content.rows(LegacyTable.CHALLENGES).stream()
                .collect(Collectors.groupingBy(
                        row -> row.text("task_id").toLowerCase(Locale.ROOT), Collectors.counting()));
        content.rows(LegacyTable.CHALLENGES)
                .forEach(row -> taker.accept(challenge(
                        row,
                        Optional.ofNullable(credentials.get(row.text("credentials_id"))),
                        rowsOfTask.getOrDefault(row.text("task_id").toLowerCase(Locale.ROOT), 0L))));
    }

    /** First those the original finds, which looks for everything in lower case: of two spellings that one is served. */
    private Stream<LegacyContent.Row> served(LegacyTable table, String... columns) {
        return content.rows(table).stream()
                .sorted(Comparator.comparing(row -> Arrays.stream(columns)
                        .map(row::text)
                        .anyMatch(text -> !text.equals(text.toLowerCase(Locale.ROOT)))));
    }

    /** The owners the chain named, by asset, in order. */
    public Map<Address, Address> owners() {
        return new LinkedHashMap<>(found);
    }

    private Candidate account(LegacyContent.Row row) {
        Optional<Address> owner = Address.tryParse(row.text("owner_address")).filter(address -> !address.isZero());
        Optional<AccountSecretName> name = AccountSecretName.tryParse(row.text("address"));
        if (owner.isEmpty() || name.isEmpty()) {
            return new Candidate.Skipped(ImportKind.ACCOUNT, SkipReason.BAD_NAME);
        }
        SecretId id = new SecretId.AccountSecret(owner.get(), name.get());
        return ofWallet(
                ImportKind.ACCOUNT, id, row, (holder, value) -> IexecDigests.namedSecret(holder, id.name(), value));
    }

    private Candidate dataset(LegacyContent.Row row) {
        return Address.tryParse(row.text("address"))
                .map(asset ->
                        ofAsset(ImportKind.DATASET, new SecretId.DatasetKey(asset), row, IexecDigests::datasetKey))
                .orElseGet(() -> new Candidate.Skipped(ImportKind.DATASET, SkipReason.BAD_NAME));
    }

    private Candidate compute(LegacyContent.Row row) {
        if (!row.text("on_chain_object_type").equals("0")) {
            return new Candidate.Skipped(ImportKind.APP, SkipReason.BAD_NAME);
        }
        return switch (row.text("secret_owner_role")) {
            case DEVELOPER -> app(row);
            case REQUESTER -> requester(row);
            default -> new Candidate.Skipped(ImportKind.APP, SkipReason.BAD_NAME);
        };
    }

    private Candidate app(LegacyContent.Row row) {
        return Address.tryParse(row.text("on_chain_object_address"))
                .filter(app -> row.text("key").equals(APP_KEY))
                .map(app -> ofAsset(
                        ImportKind.APP,
                        new SecretId.AppSecret(app),
                        row,
                        (holder, value) -> IexecDigests.namedSecret(holder, APP_KEY, value)))
                .orElseGet(() -> new Candidate.Skipped(ImportKind.APP, SkipReason.BAD_NAME));
    }

    private Candidate requester(LegacyContent.Row row) {
        Optional<Address> owner =
                Address.tryParse(row.text("fixed_secret_owner")).filter(address -> !address.isZero());
        Optional<RequesterSecretName> name = RequesterSecretName.tryParse(row.text("key"));
        if (owner.isEmpty() || name.isEmpty()) {
            return new Candidate.Skipped(ImportKind.REQUESTER, SkipReason.BAD_NAME);
        }
        SecretId id = new SecretId.RequesterSecret(owner.get(), name.get());
        return ofWallet(
                ImportKind.REQUESTER, id, row, (holder, value) -> IexecDigests.namedSecret(holder, id.name(), value));
    }

    private Candidate ofWallet(
            ImportKind kind, SecretId id, LegacyContent.Row row, BiFunction<Address, byte[], Bytes32> challenge) {
        return decrypted(kind, id, row, value -> secret(kind, id, id.asset(), challenge, Optional.empty(), value));
    }

    private Candidate ofAsset(
            ImportKind kind, SecretId id, LegacyContent.Row row, BiFunction<Address, byte[], Bytes32> challenge) {
        return decrypted(kind, id, row, value -> switch (owners.computeIfAbsent(id.asset(), ownerOf)) {
            case OwnerLookup.Owner(Address owner, Provenance provenance) -> {
                found.put(id.asset(), owner);
                yield secret(kind, id, owner, challenge, Optional.of(provenance), value);
            }
            case OwnerLookup.NoOwner ignored -> skipped(kind, SkipReason.NO_OWNER, value);
            case OwnerLookup.Unavailable ignored -> skipped(kind, SkipReason.CHAIN_SILENT, value);
        });
    }

    private static Candidate skipped(ImportKind kind, SkipReason reason, SecretBytes value) {
        value.close();
        return new Candidate.Skipped(kind, reason);
    }

    private Candidate decrypted(
            ImportKind kind, SecretId id, LegacyContent.Row row, Function<SecretBytes, Candidate> then) {
        if (planned.contains(id) || target.holds(id)) {
            return new Candidate.Skipped(kind, SkipReason.EXISTS);
        }
        if (row.text("value").isBlank()) {
            return new Candidate.Skipped(kind, SkipReason.EMPTY);
        }
        Candidate candidate = decryptedValue(kind, row, then);
        if (candidate instanceof Candidate.Secret) {
            planned.add(id);
        }
        return candidate;
    }

    private Candidate decryptedValue(ImportKind kind, LegacyContent.Row row, Function<SecretBytes, Candidate> then) {
        return cipher.decrypt(row.text("value"))
                .map(value -> value.length() == 0
                        ? skipped(kind, SkipReason.EMPTY, value)
                        : value.length() > LONGEST_VALUE
                                ? skipped(kind, SkipReason.TOO_LONG, value)
                                : then.apply(value))
                .orElseGet(() -> new Candidate.Skipped(kind, SkipReason.NOT_DECRYPTED));
    }

    private static Candidate secret(
            ImportKind kind,
            SecretId id,
            Address owner,
            BiFunction<Address, byte[], Bytes32> challenge,
            Optional<Provenance> provenance,
            SecretBytes value) {
        byte[] raw = value.copy(RawSecretAccess.to("name the push that made an imported value"));
        try {
            return new Candidate.Secret(kind, new Push(id, owner, challenge.apply(id.asset(), raw), provenance, value));
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    private Candidate challenge(LegacyContent.Row row, Optional<LegacyContent.Row> credentials, long rowsOfTask) {
        Optional<Bytes32> task = Bytes32.tryParse(row.text("task_id"));
        if (task.isEmpty()) {
            return skippedChallenge(SkipReason.BAD_NAME);
        }
        if (target.holdsChallengeKey(task.get())) {
            return skippedChallenge(SkipReason.EXISTS);
        }
        Optional<Instant> deadline = row.value("final_deadline").flatMap(ImportPlan::instant);
        if (deadline.filter(end -> !end.isAfter(now)).isPresent()) {
            return skippedChallenge(SkipReason.DEADLINE_PASSED);
        }
        if (rowsOfTask > 1) {
            return skippedChallenge(SkipReason.SEVERAL_KEYS);
        }
        return credentials
                .map(key -> challenge(task.get(), deadline, key))
                .orElseGet(() -> skippedChallenge(SkipReason.NO_KEY));
    }

    private Candidate challenge(Bytes32 task, Optional<Instant> deadline, LegacyContent.Row key) {
        String stored = key.text("private_key");
        if (stored.isBlank()) {
            return skippedChallenge(SkipReason.NO_KEY);
        }
        Optional<SecretBytes> text =
                isEncrypted(key) ? cipher.decrypt(stored) : Optional.of(SecretBytes.ofUtf8(stored));
        Optional<SecretBytes> privateKey = text.flatMap(hex -> {
            try (hex) {
                return privateKey(hex);
            }
        });
        if (privateKey.isEmpty()) {
            return skippedChallenge(SkipReason.NOT_DECRYPTED);
        }
        Optional<Address> address = TaskChallengeKey.addressOf(privateKey.get());
        if (address.isEmpty() || !address.equals(Address.tryParse(key.text("address")))) {
            privateKey.get().close();
            return skippedChallenge(SkipReason.OTHER_ADDRESS);
        }
        return new Candidate.Challenge(task, privateKey.get(), address.get(), deadline);
    }

    private static Candidate skippedChallenge(SkipReason reason) {
        return new Candidate.Skipped(ImportKind.CHALLENGE, reason);
    }

    private static boolean isEncrypted(LegacyContent.Row row) {
        return row.text("is_encrypted").equalsIgnoreCase("TRUE");
    }

    /** Hexadecimal with or without 0x; the original leaves leading zeros out. */
    private static Optional<SecretBytes> privateKey(SecretBytes hex) {
        String text = hex.text(RawSecretAccess.to("read an imported challenge key"));
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (digits.isEmpty() || digits.length() > KEY_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretBytes.owning(
                    HexFormat.of().parseHex("0".repeat(KEY_DIGITS - digits.length()) + digits)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
