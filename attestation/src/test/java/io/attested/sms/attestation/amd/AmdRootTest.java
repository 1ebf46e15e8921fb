package io.attested.sms.attestation.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.PemChain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AmdRootTest {
    @ParameterizedTest
    @EnumSource
    void thePinnedRootSignsItselfAndTheProductsIntermediate(AmdProduct product) throws IOException {
        List<ByteString> published = PemChain.encodings(published(product).getBytes(StandardCharsets.US_ASCII));
        AmdCertificate intermediate = AmdCertificate.read(published.get(0));
        AmdCertificate root = AmdCertificate.read(AmdRoot.of(product).der());
        assertThat(published.get(1)).isEqualTo(root.der());
        assertThat(root.isIssuedBy(root)).isTrue();
        assertThat(intermediate.isIssuedBy(root)).isTrue();
        assertThat(root.isIssuedBy(intermediate)).isFalse();
        assertThat(root.commonName()).isEqualTo("ARK-" + product.text());
        assertThat(intermediate.commonName()).isEqualTo(SigningKey.VCEK.issuerName(product));
        assertThat(intermediate.isAuthority()).isTrue();
        assertThat(root.isEndEntity()).isFalse();
    }

    @Test
    void everyProductHasARootOfItsOwn() {
        assertThat(AmdRoot.all()).extracting(AmdRoot::product).containsExactly(AmdProduct.values());
        assertThat(AmdRoot.all()).extracting(AmdRoot::der).doesNotHaveDuplicates();
        assertThat(AmdRoot.all())
                .extracting(AmdRoot::name)
                .containsExactly("amd-ark-milan", "amd-ark-genoa", "amd-ark-turin");
    }

    @Test
    void ofWhenTextIsNotOneRootThenThrows() throws IOException {
        String two = published(AmdProduct.MILAN);
        assertThatThrownBy(() -> AmdRoot.of("two", AmdProduct.MILAN, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 certificates");
        assertThatThrownBy(() -> AmdRoot.of("none", AmdProduct.MILAN, "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("root none");
    }

    private static String published(AmdProduct product) throws IOException {
        String resource = product.text().toLowerCase(Locale.ROOT) + "-ask-ark.pem";
        try (InputStream pem = Objects.requireNonNull(AmdRootTest.class.getResourceAsStream(resource))) {
            return new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
