package io.attested.sms.attestation.pki;

/** The root's revocation list, verified at the instant of the judgement; made by {@link IntelPki} only. */
public final class RootRevocations {
    private final RevocationList list;

    RootRevocations(RevocationList list) {
        this.list = list;
    }

    RevocationList list() {
        return list;
    }
}
