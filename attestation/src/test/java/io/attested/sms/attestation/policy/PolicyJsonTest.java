package io.attested.sms.attestation.policy;

import static io.attested.sms.attestation.policy.SampleClaims.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {
    private static final String FULL = "{\"acceptedTees\":[\"TDX\"],\"tcb\":{\"acceptedStatuses\":[\"UpToDate\","
            + "\"ConfigurationNeeded\"],\"acceptedAdvisories\":[\"INTEL-SA-00615\"],"
            + "\"minimumEvaluationDataNumber\":17,\"grace\":\"P7D\"},\"acceptedPlatforms\":[\"00606A000000\"],"
            + "\"snp\":{\"highestVmpl\":2,\"noMigrationAgent\":false,"
            + "\"acceptedKeys\":[\"VLEK\"],\"lowestGuestSvn\":4294967295,\"minimumTcb\":{\"Turin\":\"0300000000000873\"}},"
            + "\"tdx\":{\"septVeDisable\":false,\"notMigratable\":false,\"zeroMrServiceTd\":false,"
            + "\"xfam\":\"e700060000000000\",\"registers\":{\"RTMR0\":[\"" + "ab".repeat(48) + "\"]}},"
            + "\"collateral\":{\"revocationChecked\":false,\"grace\":\"PT12H\"}}";

    @Test
    void everyMemberIsRead() {
        EvidencePolicy expected = new EvidencePolicy(
                Set.of(Tee.TDX),
                new TcbRules(
                        Set.of(TcbStatus.UP_TO_DATE, TcbStatus.CONFIGURATION_NEEDED),
                        new TreeSet<>(Set.of("INTEL-SA-00615")),
                        17,
                        Duration.ofDays(7)),
                Set.of(ByteString.ofHex("00606a000000")),
                new TdxRules(
                        false,
                        false,
                        false,
                        Optional.of(ByteString.ofHex("e700060000000000")),
                        Map.of(TdxRegister.RTMR0, Set.of(bytes(48, 0xab)))),
                new SnpRules(
                        2,
                        false,
                        Set.of(SigningKey.VLEK),
                        4294967295L,
                        Map.of(AmdProduct.TURIN, ByteString.ofHex("0300000000000873"))),
                new CollateralRules(false, Duration.ofHours(12)));
        assertThat(parse(FULL)).isEqualTo(new PolicyParsing.Parsed(expected));
        assertThat(EvidencePolicy.parse(expected.toJson())).isEqualTo(new PolicyParsing.Parsed(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"{}", "{\"tcb\":{}}", "{\"snp\":{\"minimumTcb\":{}},\"tdx\":{\"registers\":{}},\"collateral\":{}}"
            })
    void absentMembersAreTheStandardPolicys(String json) {
        assertThat(parse(json)).isEqualTo(new PolicyParsing.Parsed(EvidencePolicy.standard()));
    }

    @Test
    void theStandardPolicyIsWrittenOut() {
        assertThat(new String(EvidencePolicy.standard().toJson(), StandardCharsets.UTF_8))
                .isEqualTo("{\"acceptedTees\":[\"SGX\",\"TDX\"],"
                        + "\"tcb\":{\"acceptedStatuses\":[\"UpToDate\",\"SWHardeningNeeded\"],"
                        + "\"acceptedAdvisories\":[],\"minimumEvaluationDataNumber\":0,\"grace\":\"PT0S\"},"
                        + "\"tdx\":{\"septVeDisable\":true,\"notMigratable\":true,\"zeroMrServiceTd\":true,"
                        + "\"registers\":{}},\"snp\":{\"highestVmpl\":0,"
                        + "\"noMigrationAgent\":true,\"acceptedKeys\":[\"VCEK\"],\"lowestGuestSvn\":0,\"minimumTcb\":{}},"
                        + "\"collateral\":{\"revocationChecked\":true,\"grace\":\"PT0S\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{\"debug\":true} ! policy",
                "{\"tcb\":{\"x\":1}} ! policy.tcb",
                "{\"tcb\":1} ! policy.tcb",
                "{\"snp\":{\"x\":1}} ! policy.snp",
                "{\"tdx\":{\"x\":1}} ! policy.tdx",
                "{\"tdx\":{\"registers\":{\"RTMR4\":[]}}} ! policy.tdx.registers",
                "{\"collateral\":{\"x\":1}} ! policy.collateral",
                "{\"tcb\":{},\"tcb\":{}} ! policy",
                "{} {} ! policy",
                "[] ! policy",
                "null ! policy",
                "{\"acceptedTees\":[]} ! policy.acceptedTees",
                "{\"acceptedTees\":[\"sgx\"]} ! policy.acceptedTees",
                "{\"acceptedTees\":[1]} ! policy.acceptedTees",
                "{\"tcb\":{\"acceptedStatuses\":[]}} ! policy.tcb.acceptedStatuses",
                "{\"tcb\":{\"acceptedStatuses\":[\"OutOfDate\"]}} ! policy.tcb.acceptedStatuses",
                "{\"tcb\":{\"acceptedStatuses\":[\"OutOfDateConfigurationNeeded\"]}} ! policy.tcb.acceptedStatuses",
                "{\"tcb\":{\"acceptedStatuses\":[\"Revoked\"]}} ! policy.tcb.acceptedStatuses",
                "{\"tcb\":{\"acceptedStatuses\":[\"uptodate\"]}} ! policy.tcb.acceptedStatuses",
                "{\"tcb\":{\"acceptedAdvisories\":[\"\"]}} ! policy.tcb.acceptedAdvisories",
                "{\"tcb\":{\"minimumEvaluationDataNumber\":-1}} ! policy.tcb.minimumEvaluationDataNumber",
                "{\"tcb\":{\"grace\":\"P366D\"}} ! policy.tcb.grace",
                "{\"tcb\":{\"grace\":\"-PT1S\"}} ! policy.tcb.grace",
                "{\"tcb\":{\"grace\":\"1 week\"}} ! policy.tcb.grace",
                "{\"tcb\":{\"grace\":7}} ! policy.tcb.grace",
                "{\"acceptedPlatforms\":[\"00606A0000\"]} ! policy.acceptedPlatforms",
                "{\"acceptedPlatforms\":[\"00606A00000g\"]} ! policy.acceptedPlatforms",
                "{\"minimumSvn\":{\"sgxIsvSvn\":1}} ! policy",
                "{\"acceptedPlatforms\":[]} ! policy.acceptedPlatforms",
                "{\"snp\":{\"lowestGuestSvn\":4294967296}} ! policy.snp.lowestGuestSvn",
                "{\"snp\":{\"lowestGuestSvn\":-1}} ! policy.snp.lowestGuestSvn",
                "{\"snp\":{\"lowestGuestSvn\":1.0}} ! policy.snp.lowestGuestSvn",
                "{\"snp\":{\"lowestGuestSvn\":9223372036854775808}} ! policy.snp.lowestGuestSvn",
                "{\"snp\":{\"minimumTcb\":{\"Milan\":\"00\"}}} ! policy.snp.minimumTcb.Milan",
                "{\"snp\":{\"minimumTcb\":{\"milan\":\"0000000000000000\"}}} ! policy.snp.minimumTcb",
                "{\"snp\":{\"highestVmpl\":4}} ! policy.snp.highestVmpl",
                "{\"snp\":{\"noMigrationAgent\":1}} ! policy.snp.noMigrationAgent",
                "{\"snp\":{\"acceptedKeys\":[]}} ! policy.snp.acceptedKeys",
                "{\"tdx\":{\"septVeDisable\":\"true\"}} ! policy.tdx.septVeDisable",
                "{\"tdx\":{\"xfam\":\"00\"}} ! policy.tdx.xfam",
                "{\"tdx\":{\"registers\":{\"MRTD\":[]}}} ! policy.tdx.registers.MRTD",
                "{\"tdx\":{\"registers\":{\"MRTD\":[\"00\"]}}} ! policy.tdx.registers.MRTD",
                "{\"collateral\":{\"revocationChecked\":0}} ! policy.collateral.revocationChecked",
                "{\"collateral\":{\"grace\":\"P1Y\"}} ! policy.collateral.grace"
            })
    void impossibleMembersAreNamed(String json, String field) {
        assertThat(parse(json)).isInstanceOfSatisfying(PolicyParsing.Malformed.class, malformed -> {
            assertThat(malformed.field()).isEqualTo(field);
            assertThat(malformed.detail()).startsWith(field + " is ").contains(", expected ");
        });
    }

    @Test
    void sizesAreCapped() {
        String padding = " ".repeat(EvidencePolicy.MAX_JSON_LENGTH - 2);
        assertThat(parse("{}" + padding)).isInstanceOf(PolicyParsing.Parsed.class);
        assertThat(parse("{}" + padding + " ")).isInstanceOf(PolicyParsing.Malformed.class);
        assertThat(parse(statuses(1024))).isInstanceOf(PolicyParsing.Parsed.class);
        assertThat(parse(statuses(1025))).isInstanceOf(PolicyParsing.Malformed.class);
        assertThat(parse(advisory(64))).isInstanceOf(PolicyParsing.Parsed.class);
        assertThat(parse(advisory(65))).isInstanceOf(PolicyParsing.Malformed.class);
        assertThat(parse("[".repeat(20_000))).isInstanceOf(PolicyParsing.Malformed.class);
    }

    private static String statuses(int count) {
        return "{\"tcb\":{\"acceptedStatuses\":[" + "\"UpToDate\",".repeat(count - 1) + "\"UpToDate\"]}}";
    }

    private static String advisory(int length) {
        return "{\"tcb\":{\"acceptedAdvisories\":[\"" + "A".repeat(length) + "\"]}}";
    }

    private static PolicyParsing parse(String json) {
        return EvidencePolicy.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
