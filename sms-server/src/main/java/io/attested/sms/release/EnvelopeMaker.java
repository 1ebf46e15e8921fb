package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.seal.EnvelopeSealer;
import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.session.ReleaseWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Seals what a grant allows to the key that the evidence names, native protocol section 4.
 *
 * <p>What it makes is held back until the log entry about it is durable.
 */
final class EnvelopeMaker {
    private static final byte[] INFO = "sms-envelope/1".getBytes(StandardCharsets.US_ASCII);

    private final IntentDomain domain;
    private final Keyring keyring;
    private final EnvelopeSealer sealer;
    private final ReleaseWriter writer;

    EnvelopeMaker(IntentDomain domain, Keyring keyring, EnvelopeSealer sealer, ReleaseWriter writer) {
        this.domain = domain;
        this.keyring = keyring;
        this.sealer = sealer;
        this.writer = writer;
    }

    sealed interface Outcome {}

    record Made(SealedBytes envelope, ByteString signature) implements Outcome {}

    record NotMade(Refusal refusal) implements Outcome {}

    /** The service's public key, 32 bytes. */
    ByteString serviceKey() {
        return ByteString.copyOf(keyring.serviceKey().publicKey().bytes());
    }

    /** What REPORTDATA must be for these runtime data, 64 bytes. */
    static ByteString expectedReportData(RedeemRequest request) {
        return ByteString.copyOf(ReportBinding.reportData(
                ReportBinding.WORKER_DOMAIN, request.runtimeData().toByteArray()));
    }

    /** Why the runtime data do not fit the challenge, if so. */
    Optional<Refusal> unfit(ChallengeToken token, RedeemRequest request) {
        Optional<RuntimeData> runtimeData =
                RuntimeData.parse(request.runtimeData().toByteArray());
        return runtimeData.isEmpty()
                ? Optional.of(wrongRuntimeData("they are not the JSON object of the native protocol, section 3"))
                : difference(runtimeData.get(), token, request.challenge())
                        .map(member ->
                                wrongRuntimeData("member " + member + " does not fit the challenge or this service"));
    }

    /** The envelope for a grant, or a refusal when the runtime data do not fit the challenge. */
    Outcome make(Decision.Grant grant, ChallengeToken token, RedeemRequest request) {
        Optional<RuntimeData> runtimeData =
                RuntimeData.parse(request.runtimeData().toByteArray());
        Optional<Refusal> unfit = unfit(token, request);
        if (runtimeData.isEmpty() || unfit.isPresent()) {
            return new NotMade(unfit.orElseGet(() -> wrongRuntimeData("they cannot be read")));
        }
        Optional<SecretBytes> document = writer.write(grant, token.worker(), domain.chainId(), domain.hub());
        if (document.isEmpty()) {
            return new NotMade(new Refusal(
                    RefusalCode.SECRET_MISSING,
                    "a granted secret was taken away while the envelope was made; ask again"));
        }
        try (SecretBytes plaintext = document.get()) {
            SealedBytes envelope = sealer.seal(
                    runtimeData.get().encryptionKey(),
                    INFO,
                    expectedReportData(request).toByteArray(),
                    plaintext);
            byte[] signature = keyring.serviceKey().signEnvelope(request.quote().toByteArray(), envelope);
            return new Made(envelope, ByteString.copyOf(signature));
        } catch (EnvelopeSealer.InvalidKeyException e) {
            return new NotMade(wrongRuntimeData("member encryptionKey is no usable " + sealer.kem() + " public key"));
        }
    }

    private Optional<String> difference(RuntimeData said, ChallengeToken token, String challenge) {
        record Claim(String member, String said, String expected) {}
        return Stream.of(
                        new Claim("purpose", said.purpose(), ReportBinding.WORKER_DOMAIN),
                        new Claim("chainId", Long.toString(said.chainId()), Long.toString(domain.chainId())),
                        new Claim("hub", said.hub(), domain.hub().toString()),
                        new Claim(
                                "serviceKey",
                                said.serviceKey(),
                                "0x" + serviceKey().hex()),
                        new Claim("challenge", said.challenge(), challenge),
                        new Claim("nonce", said.nonce(), token.nonce().toString()),
                        new Claim(
                                "chainTaskId",
                                said.chainTaskId(),
                                token.chainTaskId().toString()),
                        new Claim("stage", said.stage(), token.stage()),
                        new Claim("worker", said.worker(), token.worker().toString()),
                        new Claim("kem", said.kem(), sealer.kem()))
                .filter(claim -> !claim.said().equals(claim.expected()))
                .map(Claim::member)
                .findFirst();
    }

    private static Refusal wrongRuntimeData(String detail) {
        return new Refusal(RefusalCode.EVIDENCE_WRONG_RUNTIME_DATA, "the runtime data are not accepted: " + detail);
    }

    /** SHA-256 of an envelope, for the log. */
    static String digest(SealedBytes envelope) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        sha256.update(envelope.enc());
        return "0x" + HexFormat.of().formatHex(sha256.digest(envelope.ciphertext()));
    }
}
