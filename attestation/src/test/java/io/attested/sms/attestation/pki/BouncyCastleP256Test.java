package io.attested.sms.attestation.pki;

class BouncyCastleP256Test extends P256Contract {
    BouncyCastleP256Test() {
        super(new BouncyCastleP256());
    }
}
