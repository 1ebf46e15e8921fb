package io.attested.sms.attestation.collateral;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Intel publishes about a platform and its quoting enclave, as it travels beside a quote.
 *
 * <p>Signed parts are the bytes as received: signatures are checked over these bytes, never over a new serialisation.
 * Nothing in here is verified; {@link io.attested.sms.attestation.QuoteVerifier} does that.
 *
 * @param tcbInfo the {@code tcbInfo} object as signed (JSON text, UTF-8)
 * @param tcbInfoSignature r‖s, 64 bytes
 * @param tcbInfoIssuerChain PEM: TCB signer, root
 * @param qeIdentity the {@code enclaveIdentity} object as signed (JSON text, UTF-8)
 * @param qeIdentitySignature r‖s, 64 bytes
 * @param qeIdentityIssuerChain PEM: TCB signer, root
 * @param rootCaCrl the root's revocation list, DER
 * @param pckCrl the PCK CA's revocation list, DER
 * @param pckCrlIssuerChain PEM: PCK CA, root; must be those of the PCK chain
 * @param pckCertificateChain PEM: PCK certificate, PCK CA, root; used only when the quote carries no chain
 */
public record Collateral(
        ByteString tcbInfo,
        ByteString tcbInfoSignature,
        String tcbInfoIssuerChain,
        ByteString qeIdentity,
        ByteString qeIdentitySignature,
        String qeIdentityIssuerChain,
        ByteString rootCaCrl,
        ByteString pckCrl,
        String pckCrlIssuerChain,
        Optional<String> pckCertificateChain) {

    /** Most bytes of a revocation list, DER. */
    public static final int MAX_LIST_LENGTH = 256 * 1024;

    /** Most bytes of the JSON form: two lists in hexadecimal text and the rest. */
    public static final int MAX_JSON_LENGTH = 4 * MAX_LIST_LENGTH + JsonFields.MAX_LENGTH;

    private static final int SIGNATURE_LENGTH = 64;
    private static final JsonMapper WRITER = JsonMapper.builder().build();

    private static final String TCB_INFO = "tcb_info";
    private static final String TCB_INFO_SIGNATURE = "tcb_info_signature";
    private static final String TCB_INFO_ISSUER_CHAIN = "tcb_info_issuer_chain";
    private static final String QE_IDENTITY = "qe_identity";
    private static final String QE_IDENTITY_SIGNATURE = "qe_identity_signature";
    private static final String QE_IDENTITY_ISSUER_CHAIN = "qe_identity_issuer_chain";
    private static final String ROOT_CA_CRL = "root_ca_crl";
    private static final String PCK_CRL = "pck_crl";
    private static final String PCK_CRL_ISSUER_CHAIN = "pck_crl_issuer_chain";
    private static final String PCK_CERTIFICATE_CHAIN = "pck_certificate_chain";
    private static final Set<String> MEMBERS = Set.of(
            TCB_INFO,
            TCB_INFO_SIGNATURE,
            TCB_INFO_ISSUER_CHAIN,
            QE_IDENTITY,
            QE_IDENTITY_SIGNATURE,
            QE_IDENTITY_ISSUER_CHAIN,
            ROOT_CA_CRL,
            PCK_CRL,
            PCK_CRL_ISSUER_CHAIN,
            PCK_CERTIFICATE_CHAIN);

    /**
     * Reads the JSON form. Never throws, whatever the bytes are; unknown and duplicate members are refused.
     *
     * @param json UTF-8, at most {@link #MAX_JSON_LENGTH} bytes
     */
    public static CollateralParsing parse(byte[] json) {
        if (json.length > MAX_JSON_LENGTH) {
            return new CollateralParsing.Malformed(tooLong(json.length));
        }
        try {
            return new CollateralParsing.Parsed(read(JsonFields.parseWithLists("collateral", ByteString.copyOf(json))));
        } catch (EvidenceRejected e) {
            return new CollateralParsing.Malformed(e.verdict());
        }
    }

    /**
     * Reads the JSON form out of a larger document. Duplicate members are the concern of who read that document.
     */
    public static CollateralParsing parse(JsonNode json) {
        try {
            return new CollateralParsing.Parsed(read(JsonFields.of("collateral", json)));
        } catch (EvidenceRejected e) {
            return new CollateralParsing.Malformed(e.verdict());
        }
    }

    private static Collateral read(JsonFields fields) throws EvidenceRejected {
        fields.refuseOthersThan(MEMBERS);
        return new Collateral(
                utf8(fields.text(TCB_INFO)),
                fields.hex(TCB_INFO_SIGNATURE, SIGNATURE_LENGTH),
                fields.text(TCB_INFO_ISSUER_CHAIN),
                utf8(fields.text(QE_IDENTITY)),
                fields.hex(QE_IDENTITY_SIGNATURE, SIGNATURE_LENGTH),
                fields.text(QE_IDENTITY_ISSUER_CHAIN),
                fields.list(ROOT_CA_CRL),
                fields.list(PCK_CRL),
                fields.text(PCK_CRL_ISSUER_CHAIN),
                fields.optionalText(PCK_CERTIFICATE_CHAIN));
    }

    /** The same with another PCK chain beside it. */
    public Collateral withPckCertificateChain(Optional<String> chain) {
        return new Collateral(
                tcbInfo,
                tcbInfoSignature,
                tcbInfoIssuerChain,
                qeIdentity,
                qeIdentitySignature,
                qeIdentityIssuerChain,
                rootCaCrl,
                pckCrl,
                pckCrlIssuerChain,
                chain);
    }

    /** The same with another list of the root. */
    public Collateral withRootCaCrl(ByteString list) {
        return new Collateral(
                tcbInfo,
                tcbInfoSignature,
                tcbInfoIssuerChain,
                qeIdentity,
                qeIdentitySignature,
                qeIdentityIssuerChain,
                list,
                pckCrl,
                pckCrlIssuerChain,
                pckCertificateChain);
    }

    /** The same with another list of the PCK CA. */
    public Collateral withPckCrl(ByteString list, String issuerChain) {
        return new Collateral(
                tcbInfo,
                tcbInfoSignature,
                tcbInfoIssuerChain,
                qeIdentity,
                qeIdentitySignature,
                qeIdentityIssuerChain,
                rootCaCrl,
                list,
                issuerChain,
                pckCertificateChain);
    }

    /** The JSON form, UTF-8; {@link #parse(byte[])} reads it back to an equal value. */
    public byte[] toJson() {
        return WRITER.writeValueAsBytes(toJsonNode());
    }

    /** The JSON form as a node, to be put into a larger document. */
    public ObjectNode toJsonNode() {
        ObjectNode json = WRITER.createObjectNode();
        json.put(PCK_CRL_ISSUER_CHAIN, pckCrlIssuerChain);
        json.put(ROOT_CA_CRL, rootCaCrl.hex());
        json.put(PCK_CRL, pckCrl.hex());
        json.put(TCB_INFO_ISSUER_CHAIN, tcbInfoIssuerChain);
        json.put(TCB_INFO, text(tcbInfo));
        json.put(TCB_INFO_SIGNATURE, tcbInfoSignature.hex());
        json.put(QE_IDENTITY_ISSUER_CHAIN, qeIdentityIssuerChain);
        json.put(QE_IDENTITY, text(qeIdentity));
        json.put(QE_IDENTITY_SIGNATURE, qeIdentitySignature.hex());
        pckCertificateChain.ifPresent(chain -> json.put(PCK_CERTIFICATE_CHAIN, chain));
        return json;
    }

    private static Verdict.Rejected tooLong(int length) {
        return new Verdict.Rejected(
                RejectionReason.COLLATERAL_MALFORMED,
                "collateral",
                "at most " + MAX_JSON_LENGTH + " bytes",
                length + " bytes");
    }

    private static ByteString utf8(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteString utf8) {
        return new String(utf8.toByteArray(), StandardCharsets.UTF_8);
    }
}
