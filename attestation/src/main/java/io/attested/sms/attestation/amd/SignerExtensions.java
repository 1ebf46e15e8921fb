package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.Der;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * AMD's extensions of a VCEK or VLEK certificate (57230, section on VCEK certificate format).
 *
 * @param tcb the TCB version the key stands for, 8 bytes laid out as the product's reports have it
 * @param hardwareId of a VCEK: the chip, as many bytes as the product's certificates have
 * @param provider of a VLEK: the cloud provider's name
 */
record SignerExtensions(ByteString tcb, Optional<ByteString> hardwareId, Optional<String> provider) {
    private static final String PRODUCT = "2";
    private static final String HARDWARE_ID = "4";
    private static final String PROVIDER = "5";
    private static final int COMPONENTS = 9;

    /**
     * Reads the extensions; components 4 to 7 of the TCB version are reserved and count as zero where they are absent.
     *
     * @throws IOException when one that the kind of key needs is absent, one that it must not have is there, or a content
     *     is not what it must be
     */
    static SignerExtensions read(AmdCertificate signer, SigningKey kind, AmdProduct product) throws IOException {
        Map<String, ByteString> extensions = signer.vendorExtensions();
        requireProduct(required(extensions, PRODUCT), product);
        boolean chip = kind == SigningKey.VCEK;
        if (chip != extensions.containsKey(HARDWARE_ID) || chip == extensions.containsKey(PROVIDER)) {
            throw new IOException("VCEK has a hardware id and no provider, VLEK a provider and no hardware id");
        }
        return new SignerExtensions(
                tcb(extensions, product),
                chip
                        ? Optional.of(hardwareId(required(extensions, HARDWARE_ID), product.hardwareIdLength()))
                        : Optional.empty(),
                chip ? Optional.empty() : Optional.of(text(required(extensions, PROVIDER))));
    }

    private static void requireProduct(ByteString content, AmdProduct product) throws IOException {
        String name = text(content);
        if (!name.equals(product.text()) && !name.startsWith(product.text() + "-")) {
            throw new IOException("product name is not of " + product.text());
        }
    }

    private static ByteString tcb(Map<String, ByteString> extensions, AmdProduct product) throws IOException {
        int[] components = new int[COMPONENTS + 1];
        for (int i = 1; i <= COMPONENTS; i++) {
            boolean reserved = i >= 4 && i <= 7;
            Optional<ByteString> content = Optional.ofNullable(extensions.get("3." + i));
            components[i] = content.isPresent() ? number(content.get()) : 0;
            boolean used = false;
            for (int index = 0; index < 8; index++) {
                used |= product.tcbExtension(index) == i;
            }
            if (used ? content.isEmpty() && !reserved : components[i] != 0) {
                throw new IOException("TCB component " + i + " is missing, or not of " + product.text());
            }
        }
        byte[] tcb = new byte[8];
        for (int index = 0; index < tcb.length; index++) {
            tcb[index] = (byte) components[product.tcbExtension(index)];
        }
        return ByteString.copyOf(tcb);
    }

    private static int number(ByteString content) throws IOException {
        if (Der.read(content.toByteArray()) instanceof ASN1Integer number) {
            BigInteger value = number.getValue();
            if (value.signum() >= 0 && value.bitLength() <= 8) {
                return value.intValue();
            }
        }
        throw new IOException("a TCB component is no number from 0 to 255");
    }

    private static String text(ByteString content) throws IOException {
        if (Der.read(content.toByteArray()) instanceof ASN1IA5String text) {
            return text.getString();
        }
        throw new IOException("product or provider name is no IA5String");
    }

    /** AMD writes the bytes as the extension's content; a certificate that wraps them in an OCTET STRING is read too. */
    private static ByteString hardwareId(ByteString content, int length) throws IOException {
        if (content.length() == length) {
            return content;
        }
        ASN1Primitive wrapped = Der.read(content.toByteArray());
        if (wrapped instanceof ASN1OctetString octets && octets.getOctetsLength() == length) {
            return ByteString.copyOf(octets.getOctets());
        }
        throw new IOException("hardware id has not " + length + " bytes");
    }

    private static ByteString required(Map<String, ByteString> extensions, String name) throws IOException {
        ByteString content = extensions.get(name);
        if (content == null) {
            throw new IOException("extension 1.3.6.1.4.1.3704.1." + name + " is missing");
        }
        return content;
    }
}
