package io.attested.sms.attestation.tcb;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** TDX collateral as text, and the reports it judges. */
final class TdxTcb {
    static final String SIGNER = "00".repeat(48);
    static final String CURRENT = "UpToDate";

    private TdxTcb() {}

    /** A module TDX_01 with levels 5 (current), 3 (outdated), 1 (revoked). */
    static String module() {
        return module("TDX_01", SIGNER, "0000000000000000", "FFFFFFFFFFFFFFFF");
    }

    static String module(String id, String signer, String attributes, String mask) {
        return "{\"id\":\"" + id + "\"," + identity(signer, attributes, mask) + ",\"tcbLevels\":["
                + svnLevel(1, "Revoked", "2023-01-01", "") + "," + svnLevel(5, CURRENT, "2025-05-05", "") + ","
                + svnLevel(3, "OutOfDate", "2024-03-03", "\"MODULE\"") + "]}";
    }

    private static String identity(String signer, String attributes, String mask) {
        return "\"mrsigner\":\"" + signer + "\",\"attributes\":\"" + attributes + "\",\"attributesMask\":\"" + mask
                + "\"";
    }

    static String svnLevel(int svn, String status, String date, String advisories) {
        return "{\"tcb\":{\"isvsvn\":" + svn + "},\"tcbDate\":\"" + date + "T00:00:00Z\",\"tcbStatus\":\"" + status
                + "\",\"advisoryIDs\":[" + advisories + "]}";
    }

    /** A platform level: all SGX components alike, the first TDX components as given, the others 0. */
    static String level(int sgx, int pceSvn, int[] tdx, String status, String date, String advisories) {
        int[] padded = Arrays.copyOf(tdx, 16);
        return "{\"tcb\":{\"sgxtcbcomponents\":["
                + components(IntStream.generate(() -> sgx).limit(16))
                + "],\"pcesvn\":" + pceSvn + ",\"tdxtcbcomponents\":[" + components(Arrays.stream(padded))
                + "]},\"tcbDate\":\"" + date + "T00:00:00Z\",\"tcbStatus\":\"" + status + "\",\"advisoryIDs\":["
                + advisories + "]}";
    }

    private static String components(IntStream svns) {
        return svns.mapToObj(svn -> "{\"svn\":" + svn + "}").collect(Collectors.joining(","));
    }

    static TcbInfo info(String modules, String... levels) throws EvidenceRejected {
        return infoWithFirst(SIGNER, modules, levels);
    }

    static TcbInfo infoWithFirst(String firstSigner, String modules, String... levels) throws EvidenceRejected {
        return TcbInfo.read(utf8("{\"id\":\"TDX\",\"version\":3,\"issueDate\":\"2026-01-01T00:00:00Z\","
                + "\"nextUpdate\":\"2026-01-31T00:00:00Z\",\"fmspc\":\"00806F050000\",\"pceId\":\"0000\","
                + "\"tcbType\":0,\"tcbEvaluationDataNumber\":17,\"tdxModule\":{"
                + identity(firstSigner, "0000000000000000", "FFFFFFFFFFFFFFFF") + "},\"tdxModuleIdentities\":["
                + modules + "],\"tcbLevels\":[" + String.join(",", levels) + "]}"));
    }

    /** A quoting enclave's identity with levels 8 (current), 6 (outdated), 1 (revoked). */
    static String qeIdentity() {
        return "{\"id\":\"TD_QE\",\"version\":2,\"issueDate\":\"2026-01-01T00:00:00Z\","
                + "\"nextUpdate\":\"2026-01-31T00:00:00Z\",\"tcbEvaluationDataNumber\":17,"
                + "\"miscselect\":\"00000001\",\"miscselectMask\":\"0000000F\","
                + "\"attributes\":\"11000000000000000000000000000000\","
                + "\"attributesMask\":\"FBFFFFFFFFFFFFFF0000000000000000\",\"mrsigner\":\"" + "DC".repeat(32)
                + "\",\"isvprodid\":2,\"tcbLevels\":[" + svnLevel(6, "OutOfDate", "2024-06-06", "\"QE\"") + ","
                + svnLevel(8, CURRENT, "2025-08-08", "") + "," + svnLevel(1, "Revoked", "2023-01-01", "") + "]}";
    }

    static QeIdentity qe() throws EvidenceRejected {
        return QeIdentity.read(utf8(qeIdentity()));
    }

    /** A report that {@link #qeIdentity()} describes. */
    static byte[] qeReport(int isvSvn) {
        byte[] report = new byte[EnclaveReport.LENGTH];
        report[19] = 1;
        report[48] = 0x15;
        Arrays.fill(report, 128, 160, (byte) 0xdc);
        report[256] = 2;
        report[258] = (byte) isvSvn;
        return report;
    }

    static TrustDomainReport domain10(String svns) {
        byte[] report = new byte[TrustDomainReport.LENGTH_1_0];
        put(report, 0, svns);
        return new TrustDomainReport(ByteString.copyOf(report));
    }

    static TrustDomainReport domain15(String svns, String svns2) {
        byte[] report = new byte[TrustDomainReport.LENGTH_1_5];
        put(report, 0, svns);
        put(report, 584, svns2);
        return new TrustDomainReport(ByteString.copyOf(report));
    }

    static void put(byte[] report, int offset, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, report, offset, bytes.length);
    }

    static PckExtension platform(int component, int pceSvn) {
        byte[] components = new byte[16];
        Arrays.fill(components, (byte) component);
        ByteString raw = ByteString.copyOf(components);
        return new PckExtension(
                raw, raw, pceSvn, raw, ByteString.ofHex("0000"), ByteString.ofHex("00806f050000"), Optional.empty());
    }

    static ByteString utf8(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
