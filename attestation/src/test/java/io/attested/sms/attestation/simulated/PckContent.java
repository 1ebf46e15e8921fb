package io.attested.sms.attestation.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/** Writes the extension of a PCK certificate. */
final class PckContent {
    private static final String ROOT = "1.2.840.113741.1.13.1";

    private PckContent() {}

    static byte[] der(SimulatedTcb tcb, byte[] fmspc, boolean platformAuthority) {
        ASN1EncodableVector members = new ASN1EncodableVector();
        members.add(member(".1", new DEROctetString(new byte[16])));
        members.add(member(".2", tcb(tcb)));
        members.add(member(".3", new DEROctetString(new byte[2])));
        members.add(member(".4", new DEROctetString(fmspc)));
        members.add(member(".5", new ASN1Enumerated(platformAuthority ? 1 : 0)));
        if (platformAuthority) {
            members.add(member(".6", new DEROctetString(new byte[16])));
            members.add(member(".7", configuration()));
        }
        try {
            return new DERSequence(members).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DERSequence tcb(SimulatedTcb tcb) {
        ASN1EncodableVector members = new ASN1EncodableVector();
        for (int i = 0; i < 16; i++) {
            members.add(member(".2." + (i + 1), new ASN1Integer(tcb.components().unsigned(i))));
        }
        members.add(member(".2.17", new ASN1Integer(tcb.pceSvn())));
        members.add(member(".2.18", new DEROctetString(tcb.components().toByteArray())));
        return new DERSequence(members);
    }

    private static DERSequence configuration() {
        ASN1EncodableVector members = new ASN1EncodableVector();
        members.add(member(".7.1", ASN1Boolean.TRUE));
        members.add(member(".7.2", ASN1Boolean.TRUE));
        members.add(member(".7.3", ASN1Boolean.FALSE));
        return new DERSequence(members);
    }

    private static DERSequence member(String suffix, ASN1Encodable value) {
        return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(ROOT + suffix), value});
    }
}
