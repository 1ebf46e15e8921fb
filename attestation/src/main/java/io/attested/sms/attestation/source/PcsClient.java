package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.collateral.Collateral;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks Intel's Provisioning Certification Service, API version 4, or a caching service (PCCS) with the same paths.
 *
 * <p>The evaluation is always {@code update=standard}: another one gives the same quote another status on the same day.
 * Revocation lists are taken in DER, and in hexadecimal text from a PCCS, which documents that form.
 */
public final class PcsClient implements CollateralPublisher {
    private static final URI INTEL = URI.create("https://api.trustedservices.intel.com");
    private static final URI INTEL_ROOT_CRL =
            URI.create("https://certificates.trustedservices.intel.com/IntelSGXRootCA.der");
    private static final String TCB_CHAIN = "TCB-Info-Issuer-Chain";
    private static final String QE_CHAIN = "SGX-Enclave-Identity-Issuer-Chain";
    private static final String CRL_CHAIN = "SGX-PCK-CRL-Issuer-Chain";

    private final PatientWeb web;
    private final URI base;
    private final URI rootCrl;

    private PcsClient(PatientWeb web, URI base, URI rootCrl) {
        this.web = web;
        this.base = base;
        this.rootCrl = rootCrl;
    }

    /** Intel's own service; the root's list comes from the distribution point that the root certificate names. */
    public static PcsClient intel(PatientWeb web) {
        return new PcsClient(web, INTEL, INTEL_ROOT_CRL);
    }

    /**
     * A PCCS.
     *
     * @param base http or https; what it answers is signed by Intel and checked, so that the connection is not trusted
     */
    public static PcsClient pccs(PatientWeb web, URI base) {
        String text = base.toString();
        URI root = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        return new PcsClient(web, root, URI.create(root + "/sgx/certification/v4/rootcacrl"));
    }

    @Override
    public Collateral fetch(CollateralKey key, Instant deadline) throws FetchFailed, InterruptedException {
        String tee = "/" + key.teeWord() + "/certification/v4/";
        Answer tcbInfo = ask(tee + "tcb?fmspc=" + key.fmspc().hex() + "&update=standard", deadline);
        Answer qeIdentity = ask(tee + "qe/identity?update=standard", deadline);
        Answer pckCrl = ask("/sgx/certification/v4/pckcrl?ca=" + key.authority().word() + "&encoding=der", deadline);
        Answer rootList = new Answer("root CA CRL", web.get(rootCrl, deadline));
        SignedObject info = tcbInfo.signed("tcbInfo");
        SignedObject identity = qeIdentity.signed("enclaveIdentity");
        return new Collateral(
                info.bytes(),
                info.signature(),
                tcbInfo.chain(TCB_CHAIN),
                identity.bytes(),
                identity.signature(),
                qeIdentity.chain(QE_CHAIN),
                rootList.list(),
                pckCrl.list(),
                pckCrl.chain(CRL_CHAIN),
                Optional.empty());
    }

    private Answer ask(String path, Instant deadline) throws FetchFailed, InterruptedException {
        return new Answer(path, web.get(URI.create(base + path), deadline));
    }

    /** One answer, read by the form that the API gives it. */
    private record Answer(String what, Web.Reply reply) {
        SignedObject signed(String member) throws FetchFailed {
            return SignedObject.cut(reply.body(), member).orElseThrow(() -> wrong("no signed " + member));
        }

        String chain(String header) throws FetchFailed {
            return IssuerChainHeader.read(reply.headers(), header)
                    .orElseThrow(() -> wrong("no chain in the header " + header));
        }

        ByteString list() throws FetchFailed {
            byte[] body = reply.body();
            // DER of a list begins with 0x30, its hexadecimal text with the digit 3, which is 0x33.
            if (body.length > 0 && body[0] == 0x30) {
                return ByteString.copyOf(body);
            }
            try {
                return ByteString.ofHex(new String(body, StandardCharsets.US_ASCII).strip());
            } catch (IllegalArgumentException e) {
                throw wrong("neither DER nor hexadecimal text");
            }
        }

        private FetchFailed wrong(String found) {
            return new FetchFailed(CollateralAnswer.Reason.WRONG_ANSWER, what + " has " + found);
        }
    }
}
