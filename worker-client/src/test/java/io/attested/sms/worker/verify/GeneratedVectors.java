package io.attested.sms.worker.verify;

import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.amd.SnpCollateral;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Vectors of each outcome under a simulated PKI, in the layout of recorded ones. */
public final class GeneratedVectors {
    /** When their evidence is valid. */
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static final byte[] MEASUREMENT = filled(32, 0x11);
    private static final byte[] REPORT_DATA = filled(64, 0x5a);
    private static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, filled(32, 7));
    private static final SimulatedEnclave ENCLAVE = SimulatedEnclave.of(INTEL, MEASUREMENT);

    private final Path folder;

    private GeneratedVectors(Path folder) {
        this.folder = folder;
    }

    /** Writes them at different depths; how many there are. */
    public static int write(Path folder) throws IOException {
        GeneratedVectors vectors = new GeneratedVectors(folder);
        byte[] release = ENCLAVE.quote(REPORT_DATA);
        Collateral collateral = INTEL.collateral();
        vectors.write("good/current", release, collateral, 0, expected("VERIFIED", "UpToDate", ""));
        vectors.write(
                "good/deep/er/hardening",
                ENCLAVE.withTcb(SimulatedTcb.SW_HARDENING).quote(REPORT_DATA),
                collateral,
                0,
                expected("VERIFIED", "SWHardeningNeeded", "\"INTEL-SA-00615\""));
        vectors.write(
                "good/unsorted-advisories",
                ENCLAVE.withTcb(SimulatedTcb.OUT_OF_DATE)
                        .draft(REPORT_DATA)
                        .trailing(new byte[70])
                        .sign(),
                collateral,
                70,
                expected("VERIFIED", "OutOfDate", "\"INTEL-SA-00657\",\"INTEL-SA-00615\""));
        vectors.write(
                "bad/revoked-level",
                ENCLAVE.withTcb(SimulatedTcb.REVOKED).quote(REPORT_DATA),
                collateral,
                0,
                "{\"outcome\":\"REJECTED\",\"reason\":\"TCB_REVOKED\",\"tcbStatus\":\"Revoked\"}");
        vectors.write(
                "bad/revoked-ca",
                release,
                INTEL.collateralDraft()
                        .rootCrl(list -> list.revoking(INTEL.platformAuthority().serial()))
                        .sign(),
                0,
                "{\"outcome\":\"REJECTED\",\"reasonsAccepted\":[\"INTERMEDIATE_REVOKED\"]}");
        byte[] cut = Arrays.copyOf(release, release.length - 100);
        vectors.write(
                "bad/truncated", cut, collateral, -100, "{\"outcome\":\"REJECTED\",\"reason\":\"MALFORMED_QUOTE\"}");
        SimulatedIntel other = SimulatedIntel.ofSeed(NOW, filled(32, 9));
        vectors.write(
                "choice",
                SimulatedEnclave.of(other, MEASUREMENT).quote(REPORT_DATA),
                other.collateral(),
                0,
                "{\"outcome\":\"DESIGN_CHOICE\",\"reason\":\"CERT_CHAIN_UNTRUSTED\"}");
        vectors.writeParseOnly("parse-only", release);
        return 8;
    }

    private static String expected(String outcome, String status, String advisories) {
        return "{\"outcome\":\"" + outcome + "\",\"tcbStatus\":\"" + status + "\",\"advisoryIds\":[" + advisories
                + "]}";
    }

    private void write(String name, byte[] quote, Collateral collateral, int trailing, String expected)
            throws IOException {
        Path vector = Files.createDirectories(folder.resolve(name));
        Files.write(vector.resolve("quote.bin"), quote);
        Files.write(vector.resolve("collateral.json"), collateral.toJson());
        Files.writeString(vector.resolve("root.pem"), INTEL.rootPem());
        expect(vector, "\"validAt\":" + NOW.getEpochSecond() + ",", quote, trailing, expected);
    }

    private void writeParseOnly(String name, byte[] quote) throws IOException {
        Path vector = Files.createDirectories(folder.resolve(name));
        Files.write(vector.resolve("quote.bin"), quote);
        expect(vector, "", quote, 0, "{\"outcome\":\"PARSE_ONLY\"}");
    }

    /** The fields are written down here, not read by what is tested. */
    private static void expect(Path vector, String validAt, byte[] quote, int trailing, String expected)
            throws IOException {
        String platform = trailing < 0
                ? ""
                : "\"fmspc\":\"00c0de000001\",\"pckPceSvn\":" + pceSvn(quote)
                        + ",\"pckIssuer\":\"Intel SGX PCK Platform CA\",\"certificationDataType\":5,\"qeIsvSvn\":10,";
        Files.writeString(
                vector.resolve("expected.json"),
                "{\"description\":\"generated\"," + validAt + "\"quote\":{\"quoteVersion\":3,\"tee\":\"SGX\","
                        + "\"mrEnclave\":\"" + HexFormat.of().formatHex(MEASUREMENT)
                        + "\",\"attributes\":\"0500000000000000e700000000000000\",\"isvSvn\":0,\"debug\":false,"
                        + "\"reportData\":\"" + HexFormat.of().formatHex(REPORT_DATA) + "\"," + platform
                        + "\"trailingBytes\":" + trailing + "},\"expected\":" + expected + "}");
    }

    /** The simulated platform's levels, told apart by the first byte of CPUSVN. */
    private static int pceSvn(byte[] quote) {
        return Arrays.stream(SimulatedTcb.values())
                .filter(tcb -> tcb.components().unsigned(0) == quote[48])
                .map(SimulatedTcb::pceSvn)
                .findFirst()
                .orElseThrow();
    }

    /** Writes the current vector's files for single use: quote, collateral, root; the quote's path. */
    public static Path writeSingle(Path folder, Optional<SimulatedTcb> tcb) throws IOException {
        Files.write(folder.resolve("collateral.json"), INTEL.collateral().toJson());
        Files.writeString(folder.resolve("root.pem"), INTEL.rootPem());
        return Files.write(
                folder.resolve("quote.bin"),
                ENCLAVE.withTcb(tcb.orElse(SimulatedTcb.UP_TO_DATE)).quote(REPORT_DATA));
    }

    /** One guest of a simulated AMD: a vector, and the same collateral as one file for single use. */
    public static void writeGuest(Path vector, AmdProduct product) throws IOException {
        SimulatedAmd amd = SimulatedAmd.of(NOW, product);
        SnpCollateral collateral = amd.collateral(SigningKey.VCEK);
        Files.write(
                vector.resolve("report.bin"),
                SimulatedGuest.of(amd, filled(48, 0x11)).report(REPORT_DATA));
        Files.write(vector.resolve("signer.der"), collateral.signer().toByteArray());
        Files.writeString(vector.resolve("chain.pem"), collateral.chainPem());
        Files.writeString(vector.resolve("root.pem"), pem(amd.trustRoot().der().toByteArray()));
        Files.write(
                vector.resolve("crl.der"),
                collateral.revocationList().orElseThrow().toByteArray());
        Files.writeString(
                vector.resolve("collateral.json"),
                "{\"signer\":\"" + collateral.signer().hex() + "\",\"chain\":\""
                        + collateral.chainPem().replace("\n", "\\n") + "\",\"crl\":\""
                        + collateral.revocationList().orElseThrow().hex() + "\"}");
        Files.writeString(
                vector.resolve("expected.json"),
                "{\"validAt\":" + NOW.getEpochSecond() + ",\"report\":{\"vmpl\":1,\"debugAllowed\":false,"
                        + "\"signingKey\":\"VCEK\",\"reportData\":\""
                        + HexFormat.of().formatHex(REPORT_DATA)
                        + "\",\"measurement\":\"" + "11".repeat(48) + "\",\"reportedTcb\":\""
                        + HexFormat.of().formatHex(amd.tcb())
                        + "\"},\"signer\":{\"notBefore\":\""
                        + date(amd.signerTerms(SigningKey.VCEK).notBefore())
                        + "\"},\"expected\":{\"outcome\":\"VERIFIED\"}}");
    }

    private static String date(Instant instant) {
        return instant.toString().replace("Z", "+00:00");
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
