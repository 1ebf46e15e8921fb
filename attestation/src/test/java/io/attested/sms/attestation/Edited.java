package io.attested.sms.attestation;

import io.attested.sms.attestation.collateral.Collateral;
import java.nio.charset.StandardCharsets;

/** Collateral whose signed text was changed without signing it again. */
final class Edited {
    private Edited() {}

    static Collateral tcbInfo(Collateral from, String target, String replacement) {
        return rebuilt(from, replaced(from.tcbInfo(), target, replacement), from.qeIdentity());
    }

    static Collateral qeIdentity(Collateral from, String target, String replacement) {
        return rebuilt(from, from.tcbInfo(), replaced(from.qeIdentity(), target, replacement));
    }

    private static Collateral rebuilt(Collateral from, ByteString tcbInfo, ByteString qeIdentity) {
        return new Collateral(
                tcbInfo,
                from.tcbInfoSignature(),
                from.tcbInfoIssuerChain(),
                qeIdentity,
                from.qeIdentitySignature(),
                from.qeIdentityIssuerChain(),
                from.rootCaCrl(),
                from.pckCrl(),
                from.pckCrlIssuerChain(),
                from.pckCertificateChain());
    }

    private static ByteString replaced(ByteString json, String target, String replacement) {
        String text = new String(json.toByteArray(), StandardCharsets.UTF_8);
        return ByteString.copyOf(text.replace(target, replacement).getBytes(StandardCharsets.UTF_8));
    }
}
