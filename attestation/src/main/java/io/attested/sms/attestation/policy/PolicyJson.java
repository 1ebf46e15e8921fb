package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.collateral.JsonFields;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON form of a policy. Every member may be left out and then stands for {@link EvidencePolicy#standard()}'s; unknown
 * and repeated ones are refused.
 */
final class PolicyJson {
    private static final JsonMapper WRITER = JsonMapper.builder().build();
    private static final String POLICY = "policy";
    private static final int MAX_ENTRIES = 1024;
    private static final int MAX_REGISTER_VALUES = 64;
    private static final int MAX_NAME = 64;

    private PolicyJson() {}

    static PolicyParsing parse(byte[] json) {
        try {
            if (json.length > EvidencePolicy.MAX_JSON_LENGTH) {
                return new PolicyParsing.Malformed(
                        POLICY, "at most " + EvidencePolicy.MAX_JSON_LENGTH + " bytes", json.length + " bytes");
            }
            return new PolicyParsing.Parsed(read(JsonFields.parse(POLICY, ByteString.copyOf(json))));
        } catch (EvidenceRejected e) {
            Verdict.Rejected rejected = e.verdict();
            return new PolicyParsing.Malformed(rejected.field(), rejected.expected(), rejected.seen());
        }
    }

    private static EvidencePolicy read(JsonFields fields) throws EvidenceRejected {
        fields.refuseOthersThan(Set.of("acceptedTees", "tcb", "acceptedPlatforms", "tdx", "snp", "collateral"));
        EvidencePolicy standard = EvidencePolicy.standard();
        return new EvidencePolicy(
                tees(fields, standard.acceptedTees()),
                fields.has("tcb") ? tcb(fields.object("tcb"), standard.tcb()) : standard.tcb(),
                platforms(fields),
                fields.has("tdx") ? tdx(fields.object("tdx"), standard.tdx()) : standard.tdx(),
                fields.has("snp") ? snp(fields.object("snp"), standard.snp()) : standard.snp(),
                fields.has("collateral")
                        ? collateral(fields.object("collateral"), standard.collateral())
                        : standard.collateral());
    }

    private static Set<Tee> tees(JsonFields fields, Set<Tee> standard) throws EvidenceRejected {
        return fields.has("acceptedTees")
                ? constants(fields, "acceptedTees", EnumSet.allOf(Tee.class), Tee::name)
                : standard;
    }

    private static TcbRules tcb(JsonFields tcb, TcbRules standard) throws EvidenceRejected {
        tcb.refuseOthersThan(Set.of("acceptedStatuses", "acceptedAdvisories", "minimumEvaluationDataNumber", "grace"));
        Set<TcbStatus> acceptable = EnumSet.complementOf(
                EnumSet.of(TcbStatus.OUT_OF_DATE, TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED, TcbStatus.REVOKED));
        return new TcbRules(
                tcb.has("acceptedStatuses")
                        ? constants(tcb, "acceptedStatuses", acceptable, TcbStatus::text)
                        : standard.acceptedStatuses(),
                new TreeSet<>(names(tcb, "acceptedAdvisories")),
                tcb.has("minimumEvaluationDataNumber")
                        ? tcb.integer("minimumEvaluationDataNumber", 0, Integer.MAX_VALUE)
                        : standard.minimumEvaluationDataNumber(),
                grace(tcb));
    }

    private static Set<ByteString> platforms(JsonFields fields) throws EvidenceRejected {
        Set<ByteString> platforms = new LinkedHashSet<>();
        for (String text : fields.optionalTexts("acceptedPlatforms", MAX_ENTRIES)) {
            platforms.add(bytes(
                    fields,
                    "acceptedPlatforms",
                    text,
                    Set.of(EvidencePolicy.FMSPC_LENGTH, EvidencePolicy.HASH_LENGTH)));
        }
        if (platforms.isEmpty() && fields.has("acceptedPlatforms")) {
            // Who wrote an empty list cannot have meant every platform.
            throw fields.malformedMember("acceptedPlatforms", "at least one, or left out for every platform", "empty");
        }
        return platforms;
    }

    private static SnpRules snp(JsonFields snp, SnpRules standard) throws EvidenceRejected {
        snp.refuseOthersThan(Set.of("highestVmpl", "noMigrationAgent", "acceptedKeys", "lowestGuestSvn", "minimumTcb"));
        return new SnpRules(
                snp.has("highestVmpl") ? snp.integer("highestVmpl", 0, SnpRules.MAX_VMPL) : standard.highestVmpl(),
                flag(snp, "noMigrationAgent", standard.noMigrationAgent()),
                snp.has("acceptedKeys")
                        ? constants(snp, "acceptedKeys", EnumSet.allOf(SigningKey.class), SigningKey::name)
                        : standard.acceptedKeys(),
                snp.has("lowestGuestSvn")
                        ? snp.number("lowestGuestSvn", 0, SnpRules.MAX_GUEST_SVN)
                        : standard.lowestGuestSvn(),
                snp.has("minimumTcb") ? minimumTcb(snp.object("minimumTcb")) : standard.minimumTcb());
    }

    private static Map<AmdProduct, ByteString> minimumTcb(JsonFields fields) throws EvidenceRejected {
        fields.refuseOthersThan(
                Set.copyOf(Stream.of(AmdProduct.values()).map(AmdProduct::text).toList()));
        Map<AmdProduct, ByteString> minimum = new EnumMap<>(AmdProduct.class);
        for (AmdProduct product : AmdProduct.values()) {
            if (fields.has(product.text())) {
                minimum.put(product, fields.hex(product.text(), SnpRules.TCB_LENGTH));
            }
        }
        return minimum;
    }

    private static TdxRules tdx(JsonFields tdx, TdxRules standard) throws EvidenceRejected {
        tdx.refuseOthersThan(Set.of("septVeDisable", "notMigratable", "zeroMrServiceTd", "xfam", "registers"));
        return new TdxRules(
                flag(tdx, "septVeDisable", standard.septVeDisable()),
                flag(tdx, "notMigratable", standard.notMigratable()),
                flag(tdx, "zeroMrServiceTd", standard.zeroMrServiceTd()),
                tdx.has("xfam") ? Optional.of(tdx.hex("xfam", TdxRules.XFAM_LENGTH)) : Optional.empty(),
                tdx.has("registers") ? registers(tdx.object("registers")) : Map.of());
    }

    private static Map<TdxRegister, Set<ByteString>> registers(JsonFields fields) throws EvidenceRejected {
        fields.refuseOthersThan(Set.copyOf(
                Stream.of(TdxRegister.values()).map(TdxRegister::name).toList()));
        Map<TdxRegister, Set<ByteString>> registers = new EnumMap<>(TdxRegister.class);
        for (TdxRegister register : TdxRegister.values()) {
            if (fields.has(register.name())) {
                registers.put(register, registerValues(fields, register));
            }
        }
        return registers;
    }

    private static Set<ByteString> registerValues(JsonFields fields, TdxRegister register) throws EvidenceRejected {
        Set<ByteString> values = new LinkedHashSet<>();
        for (String text : fields.optionalTexts(register.name(), MAX_REGISTER_VALUES)) {
            values.add(bytes(fields, register.name(), text, Set.of(TdxRegister.LENGTH)));
        }
        if (values.isEmpty()) {
            throw fields.malformedMember(register.name(), "at least one value", "empty");
        }
        return values;
    }

    private static CollateralRules collateral(JsonFields collateral, CollateralRules standard) throws EvidenceRejected {
        collateral.refuseOthersThan(Set.of("revocationChecked", "grace"));
        return new CollateralRules(
                flag(collateral, "revocationChecked", standard.revocationChecked()), grace(collateral));
    }

    private static boolean flag(JsonFields fields, String name, boolean standard) throws EvidenceRejected {
        return fields.has(name) ? fields.flag(name) : standard;
    }

    private static Duration grace(JsonFields fields) throws EvidenceRejected {
        if (!fields.has("grace")) {
            return Duration.ZERO;
        }
        try {
            Duration grace = Duration.parse(fields.text("grace"));
            if (Grace.isPossible(grace)) {
                return grace;
            }
        } catch (DateTimeParseException e) {
            // Answered as a grace that is out of bounds is.
        }
        throw fields.malformedMember("grace", "a duration like P7D or PT12H, zero to " + Grace.MAX, "something else");
    }

    private static List<String> names(JsonFields fields, String member) throws EvidenceRejected {
        List<String> names = fields.optionalTexts(member, MAX_ENTRIES);
        if (names.stream().anyMatch(name -> name.isBlank() || name.length() > MAX_NAME)) {
            throw fields.malformedMember(member, "names of 1 to " + MAX_NAME + " characters", "something else");
        }
        return names;
    }

    private static <E extends Enum<E>> Set<E> constants(
            JsonFields fields, String member, Set<E> known, Function<E, String> text) throws EvidenceRejected {
        Set<E> constants = new LinkedHashSet<>();
        for (String listed : fields.optionalTexts(member, MAX_ENTRIES)) {
            constants.add(known.stream()
                    .filter(constant -> text.apply(constant).equals(listed))
                    .findFirst()
                    .orElseThrow(() -> notOneOf(fields, member, known, text)));
        }
        if (constants.isEmpty()) {
            throw notOneOf(fields, member, known, text);
        }
        return constants;
    }

    private static <E extends Enum<E>> EvidenceRejected notOneOf(
            JsonFields fields, String member, Set<E> known, Function<E, String> text) {
        return fields.malformedMember(
                member, "one or more of " + known.stream().map(text).toList(), "something else");
    }

    private static ByteString bytes(JsonFields fields, String member, String hex, Set<Integer> lengths)
            throws EvidenceRejected {
        try {
            ByteString bytes = ByteString.ofHex(hex);
            if (lengths.contains(bytes.length())) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Answered as bytes of another length are.
        }
        throw fields.malformedMember(
                member, "hexadecimal text of " + new TreeSet<>(lengths) + " bytes", "something else");
    }

    static byte[] write(EvidencePolicy policy) {
        ObjectNode json = WRITER.createObjectNode();
        texts(json, "acceptedTees", policy.acceptedTees().stream().map(Tee::name));
        ObjectNode tcb = json.putObject("tcb");
        texts(tcb, "acceptedStatuses", policy.tcb().acceptedStatuses().stream().map(TcbStatus::text));
        texts(tcb, "acceptedAdvisories", policy.tcb().acceptedAdvisories().stream());
        tcb.put("minimumEvaluationDataNumber", policy.tcb().minimumEvaluationDataNumber());
        tcb.put("grace", policy.tcb().grace().toString());
        if (!policy.acceptedPlatforms().isEmpty()) {
            hex(json, "acceptedPlatforms", policy.acceptedPlatforms());
        }
        tdx(json.putObject("tdx"), policy.tdx());
        snp(json.putObject("snp"), policy.snp());
        json.putObject("collateral")
                .put("revocationChecked", policy.collateral().revocationChecked())
                .put("grace", policy.collateral().grace().toString());
        return WRITER.writeValueAsBytes(json);
    }

    private static void tdx(ObjectNode json, TdxRules rules) {
        json.put("septVeDisable", rules.septVeDisable());
        json.put("notMigratable", rules.notMigratable());
        json.put("zeroMrServiceTd", rules.zeroMrServiceTd());
        rules.xfam().ifPresent(xfam -> json.put("xfam", xfam.hex()));
        ObjectNode registers = json.putObject("registers");
        rules.registers().forEach((register, values) -> hex(registers, register.name(), values));
    }

    private static void snp(ObjectNode json, SnpRules rules) {
        json.put("highestVmpl", rules.highestVmpl());
        json.put("noMigrationAgent", rules.noMigrationAgent());
        texts(json, "acceptedKeys", rules.acceptedKeys().stream().map(SigningKey::name));
        json.put("lowestGuestSvn", rules.lowestGuestSvn());
        ObjectNode minimum = json.putObject("minimumTcb");
        rules.minimumTcb().forEach((product, tcb) -> minimum.put(product.text(), tcb.hex()));
    }

    private static void hex(ObjectNode json, String member, Set<ByteString> values) {
        texts(json, member, values.stream().map(ByteString::hex).sorted());
    }

    private static void texts(ObjectNode json, String member, Stream<String> values) {
        var array = json.putArray(member);
        values.forEach(array::add);
    }
}
