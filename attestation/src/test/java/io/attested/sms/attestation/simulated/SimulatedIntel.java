package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.collateral.Collateral;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PKI with Intel's names and structure under its own root, and the collateral it publishes.
 *
 * <p>Everything follows from an instant and a seed of 32 bytes, so that two processes that share both have the same root,
 * keys and signatures. Collateral is issued one hour before the instant and runs for 30 days after it. Whoever knows the
 * seed can invent enclaves: trust this root in tests and demonstrations only.
 */
public final class SimulatedIntel {
    /** Name of the trust root, as verdicts show it. */
    public static final String TRUST_ROOT_NAME = "simulated";

    /** FMSPC of the simulated platforms in lower-case hexadecimal. */
    public static final String FMSPC_HEX = "00c0de000001";

    static final byte[] FMSPC = HexFormat.of().parseHex(FMSPC_HEX);
    static final String QE_MRSIGNER = "8C4F5775D796503E96137F77C68A829A0056AC8DED70140B081B094490C57BFF";

    static final String TD_QE_MRSIGNER = "DC9E2A7C6F948F17474E34A7FC43ED030F7C1563F1BABDDF6340C82E0E54A8C5";

    private static final String STATE_FILE = "simulated-intel.state";
    private static final String ROOT_FILE = "simulated-root.pem";
    private static final int SEED_LENGTH = 32;

    private final Instant createdAt;
    private final byte[] seed;
    private final SimulatedCertificate root;
    private final SimulatedCertificate platformAuthority;
    private final SimulatedCertificate processorAuthority;
    private final SimulatedCertificate tcbSigner;

    private SimulatedIntel(Instant createdAt, byte[] seed) {
        this.createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
        this.seed = seed.clone();
        this.root = SimulatedCertificate.selfSigned(authorityTerms("Intel SGX Root CA", 1));
        this.platformAuthority = root.issue(authorityTerms("Intel SGX PCK Platform CA", 0));
        this.processorAuthority = root.issue(authorityTerms("Intel SGX PCK Processor CA", 0));
        this.tcbSigner = root.issue(tcbSignerTerms());
    }

    /** A new PKI. */
    public static SimulatedIntel create(Instant now, SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return new SimulatedIntel(now, seed);
    }

    /** The PKI of this instant and seed; for tests that need the same bytes every time. */
    public static SimulatedIntel ofSeed(Instant now, byte[] seed) {
        return new SimulatedIntel(now, seed);
    }

    /**
     * Keeps the PKI in a folder that exists: its state, readable by the owner only, and its root in PEM beside it.
     *
     * @throws IOException when a file cannot be written, or there is a PKI already
     */
    public void save(Path dir) throws IOException {
        Path state = dir.resolve(STATE_FILE);
        Files.createFile(state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(state, createdAt + "\n" + HexFormat.of().formatHex(seed) + "\n", StandardOpenOption.WRITE);
        Files.writeString(dir.resolve(ROOT_FILE), rootPem());
    }

    /**
     * The PKI that {@link #save} kept.
     *
     * @throws IOException when there is none or its state has another form
     */
    public static SimulatedIntel load(Path dir) throws IOException {
        List<String> lines = Files.readAllLines(dir.resolve(STATE_FILE), StandardCharsets.US_ASCII);
        if (lines.size() != 2 || lines.get(1).length() != 2 * SEED_LENGTH) {
            throw new IOException(dir.resolve(STATE_FILE) + " is no state of a simulated PKI");
        }
        return new SimulatedIntel(Instant.parse(lines.get(0)), HexFormat.of().parseHex(lines.get(1)));
    }

    /** The root to be trusted, named {@value #TRUST_ROOT_NAME}. */
    public TrustRoot trustRoot() {
        return TrustRoot.of(TRUST_ROOT_NAME, rootPem());
    }

    /** The root certificate in PEM. */
    public String rootPem() {
        return root.pem();
    }

    /** The instant it was made at, whole seconds. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Collateral for enclaves of the Platform CA, which are the usual ones. */
    public Collateral collateral() {
        return collateralDraft().sign();
    }

    /** The same, to be changed before it is signed. */
    public CollateralDraft collateralDraft() {
        return draft(platformAuthority);
    }

    /** Collateral for enclaves of the Processor CA, to be changed before it is signed. */
    public CollateralDraft processorCollateralDraft() {
        return draft(processorAuthority);
    }

    /** Collateral for trust domains. */
    public Collateral tdxCollateral() {
        return tdxCollateralDraft().sign();
    }

    /** The same, to be changed before it is signed. */
    public CollateralDraft tdxCollateralDraft() {
        return draft(platformAuthority, SimulatedIntel::tdxTcbInfo, "TD_QE", TD_QE_MRSIGNER, 2);
    }

    /** The root. */
    public SimulatedCertificate root() {
        return root;
    }

    /** The CA of multi-package platforms. */
    public SimulatedCertificate platformAuthority() {
        return platformAuthority;
    }

    /** The CA of single-package platforms. */
    public SimulatedCertificate processorAuthority() {
        return processorAuthority;
    }

    /** The signer of TCB info and QE identity. */
    public SimulatedCertificate tcbSigner() {
        return tcbSigner;
    }

    /** The TCB signer's terms, to issue a deviating one. */
    public CertificateTerms tcbSignerTerms() {
        return CertificateTerms.endEntity("Intel SGX TCB Signing", key("tcb-signer"), from(), to());
    }

    /** A PCK certificate's terms, to issue a deviating one. */
    public CertificateTerms pckTerms(SimulatedTcb tcb, boolean platform) {
        return CertificateTerms.endEntity("Intel SGX PCK Certificate", key("pck-" + tcb + platform), from(), to())
                .withPckExtension(PckContent.der(tcb, FMSPC, platform));
    }

    /** A PCK certificate's terms for another platform model (6 bytes). */
    public CertificateTerms pckTermsOf(byte[] fmspc, boolean platform) {
        return CertificateTerms.endEntity("Intel SGX PCK Certificate", key("pck-other"), from(), to())
                .withPckExtension(PckContent.der(SimulatedTcb.UP_TO_DATE, fmspc, platform));
    }

    /** A key of this PKI by its label; a label used nowhere else gives a key that nobody vouches for. */
    public SimulatedKey key(String label) {
        return SimulatedKey.derive(seed, label);
    }

    private CollateralDraft draft(SimulatedCertificate pckAuthority) {
        return draft(pckAuthority, SimulatedIntel::tcbInfo, "QE", QE_MRSIGNER, 1);
    }

    private CollateralDraft draft(
            SimulatedCertificate pckAuthority,
            UnaryOperator<String> tcbInfo,
            String qe,
            String qeSigner,
            int qeProduct) {
        Instant issued = createdAt.minus(Duration.ofHours(1));
        Instant next = createdAt.plus(Duration.ofDays(30));
        String dates = "\"issueDate\":\"" + issued + "\",\"nextUpdate\":\"" + next + "\"";
        return new CollateralDraft(
                root,
                pckAuthority,
                tcbSigner,
                tcbInfo.apply(dates),
                qeIdentity(dates, qe, qeSigner, qeProduct),
                new CrlTerms(root, root.key(), issued, next, List.of(), true),
                new CrlTerms(pckAuthority, pckAuthority.key(), issued, next, List.of(), true));
    }

    private static String tcbInfo(String dates) {
        return "{\"id\":\"SGX\"," + platform(dates)
                + levels(Stream.of(SimulatedTcb.values()).map(SimulatedTcb::level)) + "}";
    }

    /** The module of version 0 is judged by the platform's levels, that of version 3 by its own. */
    private static String tdxTcbInfo(String dates) {
        return "{\"id\":\"TDX\"," + platform(dates) + "\"tdxModule\":{" + moduleIdentity()
                + "},\"tdxModuleIdentities\":[{\"id\":\"TDX_03\"," + moduleIdentity() + ","
                + levels(Stream.of(
                        svnLevel(3, "UpToDate", ""),
                        svnLevel(2, "OutOfDate", "\"INTEL-SA-01099\""),
                        svnLevel(1, "Revoked", "\"INTEL-SA-01036\"")))
                + "}]," + levels(Stream.of(SimulatedTcb.values()).map(SimulatedTcb::tdxLevel)) + "}";
    }

    private static String moduleIdentity() {
        return "\"mrsigner\":\"" + "00".repeat(48)
                + "\",\"attributes\":\"0000000000000000\",\"attributesMask\":\"FFFFFFFFFFFFFFFF\"";
    }

    private static String platform(String dates) {
        return "\"version\":3," + dates + ",\"fmspc\":\""
                + HexFormat.of().withUpperCase().formatHex(FMSPC)
                + "\",\"pceId\":\"0000\",\"tcbType\":0,\"tcbEvaluationDataNumber\":20,";
    }

    private static String levels(Stream<String> levels) {
        return "\"tcbLevels\":[" + levels.collect(Collectors.joining(",")) + "]";
    }

    private static String qeIdentity(String dates, String id, String mrSigner, int product) {
        return "{\"id\":\"" + id + "\",\"version\":2," + dates
                + ",\"tcbEvaluationDataNumber\":20,\"miscselect\":\"00000000\",\"miscselectMask\":\"FFFFFFFF\","
                + "\"attributes\":\"11000000000000000000000000000000\","
                + "\"attributesMask\":\"FBFFFFFFFFFFFFFF0000000000000000\",\"mrsigner\":\"" + mrSigner
                + "\",\"isvprodid\":" + product + ","
                + levels(Stream.of(
                        svnLevel(8, "UpToDate", ""),
                        svnLevel(6, "OutOfDate", "\"INTEL-SA-00477\""),
                        svnLevel(1, "Revoked", "\"INTEL-SA-00202\"")))
                + "}";
    }

    private static String svnLevel(int isvSvn, String status, String advisories) {
        return "{\"tcb\":{\"isvsvn\":" + isvSvn + "},\"tcbDate\":\"2025-08-13T00:00:00Z\",\"tcbStatus\":\"" + status
                + "\",\"advisoryIDs\":[" + advisories + "]}";
    }

    private CertificateTerms authorityTerms(String name, int pathLength) {
        return CertificateTerms.authority(name, key(name), from(), to(), pathLength);
    }

    private Instant from() {
        return createdAt.minus(Duration.ofDays(1));
    }

    private Instant to() {
        return createdAt.plus(Duration.ofDays(10 * 365));
    }

    @Override
    public String toString() {
        return "SimulatedIntel[" + createdAt + "]";
    }
}
