package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * What a PCK certificate says of its platform (Intel SGX PCK Certificate and CRL Profile, extension
 * 1.2.840.113741.1.13.1).
 *
 * @param ppid names the processor package, 16 bytes; identifies a machine, so hash it before it is kept
 * @param components the 16 SGX TCB component SVNs, each 0 to 255
 * @param pceSvn 0 to 65535
 * @param cpuSvn CPUSVN as the certificate repeats it, 16 bytes; the components decide
 * @param pceId 2 bytes
 * @param fmspc the platform's model, 6 bytes
 * @param instanceId names a platform of several packages, 16 bytes; certificates of the Platform CA only
 */
public record PckExtension(
        ByteString ppid,
        ByteString components,
        int pceSvn,
        ByteString cpuSvn,
        ByteString pceId,
        ByteString fmspc,
        Optional<ByteString> instanceId) {
    private static final String ROOT = SignedCertificate.PCK_EXTENSION.getId();
    private static final int COMPONENTS = 16;

    static PckExtension read(ByteString der) throws IOException {
        try {
            Map<String, ASN1Encodable> members = members(Der.read(der.toByteArray()));
            Map<String, ASN1Encodable> tcb = members(member(members, ".2"));
            byte[] components = new byte[COMPONENTS];
            for (int i = 0; i < COMPONENTS; i++) {
                components[i] = (byte) integer(member(tcb, ".2." + (i + 1)), 0xff);
            }
            return new PckExtension(
                    octets(member(members, ".1"), 16),
                    ByteString.copyOf(components),
                    integer(member(tcb, ".2.17"), 0xffff),
                    octets(member(tcb, ".2.18"), 16),
                    octets(member(members, ".3"), 2),
                    octets(member(members, ".4"), 6),
                    members.containsKey(ROOT + ".6")
                            ? Optional.of(octets(member(members, ".6"), 16))
                            : Optional.empty());
        } catch (RuntimeException malformed) {
            // BouncyCastle reports a value of another ASN.1 type by unchecked exceptions.
            throw new IOException("PCK extension has another structure than its profile");
        }
    }

    /** Members by OID: their order is not guaranteed, and the profile may gain more. */
    private static Map<String, ASN1Encodable> members(ASN1Encodable sequence) throws IOException {
        Map<String, ASN1Encodable> members = new HashMap<>();
        for (ASN1Encodable element : ASN1Sequence.getInstance(sequence)) {
            ASN1Sequence pair = ASN1Sequence.getInstance(element);
            String oid = ASN1ObjectIdentifier.getInstance(pair.getObjectAt(0)).getId();
            if (pair.size() != 2 || members.put(oid, pair.getObjectAt(1)) != null) {
                throw new IOException("PCK extension has a member twice or one that is no pair");
            }
        }
        return members;
    }

    private static ASN1Encodable member(Map<String, ASN1Encodable> members, String suffix) throws IOException {
        ASN1Encodable value = members.get(ROOT + suffix);
        if (value == null) {
            throw new IOException("PCK extension lacks member " + suffix);
        }
        return value;
    }

    private static int integer(ASN1Encodable value, int max) throws IOException {
        BigInteger number = ASN1Integer.getInstance(value).getValue();
        if (number.signum() < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new IOException("PCK extension has an SVN outside 0 to " + max);
        }
        return number.intValue();
    }

    private static ByteString octets(ASN1Encodable value, int length) throws IOException {
        byte[] octets = ASN1OctetString.getInstance(value).getOctets();
        if (octets.length != length) {
            throw new IOException("PCK extension has a member of " + octets.length + " bytes, expected " + length);
        }
        return ByteString.copyOf(octets);
    }
}
