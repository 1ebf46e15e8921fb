package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs wherever the native library loads, and there it must be the one that is chosen. */
class CorrettoP256Test extends P256Contract {
    private static final NativeP256.Loading LOADING = NativeP256.load();

    CorrettoP256Test() {
        super(LOADING instanceof NativeP256.Loading.Loaded(P256 p256) ? p256 : new BouncyCastleP256());
    }

    @BeforeEach
    void loaded() {
        assumeThat(LOADING).as("native provider on this platform").isInstanceOf(NativeP256.Loading.Loaded.class);
    }

    @Test
    void itIsChosenBeforeThePortableOne() {
        assertThat(NativeP256.orPortable().provider()).startsWith("AmazonCorrettoCryptoProvider ");
    }

    @Test
    void noProviderIsInstalledForTheWholeProcess() {
        assertThat(Security.getProviders())
                .extracting(Provider::getName)
                .doesNotContain("AmazonCorrettoCryptoProvider", "BC");
    }
}
