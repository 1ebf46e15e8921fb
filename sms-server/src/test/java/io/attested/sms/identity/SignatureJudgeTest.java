package io.attested.sms.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.release.FakeChain;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys first, contracts second, nobody else. */
class SignatureJudgeTest {
    private static final Address OWNER = Address.parse("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
    private static final Address CONTRACT = Address.parse("0x" + "c0".repeat(20));
    private static final byte[] DIGEST = IexecDigests.personalMessage(
            HexFormat.of().parseHex("b0aaddb8c4e41b75c963de3e2d4a74cee028467cdba324a7423f0ef1e11e40e0"));

    /** {@link #OWNER}'s over {@link #DIGEST}. */
    private static final String OF_OWNER =
            "0x3fe5f60e569a92fa4454480e1549240bc1feeb64e7f996e4415b87750700ab190895ff14c07b765af1e19b1ee5f45044ef6d605f1802b6f512b321429c2e70d81c";

    private static final String OF_CONTRACT = "0x" + "5a".repeat(200);

    private final FakeChain chain = new FakeChain();
    private final SignatureJudge judge = new SignatureJudge(chain, Duration.ofMillis(50));

    private Signing settled(Address claimed, String signature) {
        return judge.settled(claimed, DIGEST, SentSignature.parse(signature));
    }

    private Signing atHead(Address claimed, String signature) {
        return judge.atHead(claimed, DIGEST, SentSignature.parse(signature));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.substring(2));
    }

    @Test
    void aKeysSignatureCostsNoLookAtTheChain() {
        chain.goDown();

        assertThat(settled(OWNER, OF_OWNER)).isEqualTo(new Signing.Signed(Optional.empty()));
        assertThat(atHead(OWNER, OF_OWNER)).isEqualTo(new Signing.Signed(Optional.empty()));
        assertThat(chain.walletQuestions()).isZero();
    }

    @Test
    void aContractIsAskedAboutExactlyWhatWasSignedAndSent() {
        chain.contract(CONTRACT, FakeChain.approving(DIGEST, bytes(OF_CONTRACT)));

        assertThat(settled(CONTRACT, OF_CONTRACT)).isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
        assertThat(atHead(CONTRACT, OF_CONTRACT)).isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
        assertThat(settled(CONTRACT, OF_CONTRACT + "00")).isEqualTo(new Signing.NotSigned());
        assertThat(judge.atHead(CONTRACT, new byte[32], SentSignature.parse(OF_CONTRACT)))
                .isEqualTo(new Signing.NotSigned());
        assertThat(settled(OWNER, OF_CONTRACT)).as("no code there").isEqualTo(new Signing.NotSigned());
    }

    @Test
    void aContractSeesTheSpellingThatWasSentNotTheCanonicalOne() {
        String highTwin = "0x" + OF_OWNER.substring(2, 66)
                + String.format(
                        "%064x", WalletSignature.CURVE.getN().subtract(new BigInteger(OF_OWNER.substring(66, 130), 16)))
                + "1b";
        chain.contract(CONTRACT, FakeChain.approving(DIGEST, bytes(highTwin)));

        assertThat(settled(CONTRACT, highTwin)).isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
        assertThat(settled(CONTRACT, OF_OWNER)).isEqualTo(new Signing.NotSigned());
    }

    @Test
    void theEmptySignatureIsTheContractsToJudge() {
        chain.contract(CONTRACT, FakeChain.approving(DIGEST, new byte[0]));

        assertThat(settled(CONTRACT, "0x")).isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
        assertThat(settled(CONTRACT, "")).isEqualTo(new Signing.NotSigned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x5", "nonsense", "0xzz", "5a 5a"})
    void whatIsNoSignatureAtAllAsksNobody(String signature) {
        chain.contract(CONTRACT, (settled, hash, bytes) -> new WalletLookup.Approves(FakeChain.provenance(0)));

        assertThat(settled(CONTRACT, signature)).isEqualTo(new Signing.NotSigned());
        assertThat(chain.walletQuestions()).isZero();
    }

    @Test
    void theLongestSignatureIsAskedAboutAndOneByteMoreIsNone() {
        chain.contract(CONTRACT, (settled, hash, bytes) -> new WalletLookup.Approves(FakeChain.provenance(0)));
        String longest = "5a".repeat(WalletLookup.LONGEST_SIGNATURE);

        assertThat(settled(CONTRACT, longest)).isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
        assertThat(settled(CONTRACT, longest + "5a")).isEqualTo(new Signing.NotSigned());
        assertThat(SentSignature.parse("0x" + longest)).isPresent();
    }

    @Test
    void theZeroAddressSignsNothingWhateverIsThere() {
        chain.contract(Address.ZERO, (settled, hash, bytes) -> new WalletLookup.Approves(FakeChain.provenance(0)));

        assertThat(settled(Address.ZERO, OF_OWNER)).isEqualTo(new Signing.NotSigned());
        assertThat(atHead(Address.ZERO, OF_CONTRACT)).isEqualTo(new Signing.NotSigned());
        assertThat(chain.walletQuestions()).isZero();
    }

    @Test
    void whatReleasesSomethingNeedsTheContractsWordAtBothBlocks() {
        for (boolean dropped : new boolean[] {false, true}) {
            chain.contract(
                    CONTRACT,
                    (settled, hash, bytes) -> settled || !dropped
                            ? new WalletLookup.Approves(FakeChain.provenance(settled ? 12 : 0))
                            : new WalletLookup.Refuses(FakeChain.provenance(0)));
            assertThat(settled(CONTRACT, OF_CONTRACT))
                    .isEqualTo(
                            dropped
                                    ? new Signing.NotSigned()
                                    : new Signing.Signed(Optional.of(FakeChain.provenance(0))));
        }

        chain.contract(
                CONTRACT,
                (settled, hash, bytes) -> settled
                        ? new WalletLookup.Refuses(FakeChain.provenance(12))
                        : new WalletLookup.Approves(FakeChain.provenance(0)));
        assertThat(settled(CONTRACT, OF_CONTRACT))
                .as("a key added since the settled block")
                .isEqualTo(new Signing.NotSigned());
        assertThat(atHead(CONTRACT, OF_CONTRACT)).isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
    }

    @Test
    void oneQuestionIsEnoughWhereTheSettledBlockIsTheHead() {
        chain.contract(CONTRACT, FakeChain.approving(DIGEST, bytes(OF_CONTRACT)));

        settled(CONTRACT, OF_CONTRACT);

        assertThat(chain.walletQuestions()).isEqualTo(1);
    }

    @Test
    void anOutageIsNeitherYesNorNo() {
        chain.goDown();

        assertThat(settled(CONTRACT, OF_CONTRACT))
                .isInstanceOfSatisfying(
                        Signing.Unknown.class,
                        unknown -> assertThat(unknown.failure().kind()).isEqualTo(ChainFailure.Kind.UNREACHABLE));
        assertThat(atHead(OWNER, OF_CONTRACT)).isInstanceOf(Signing.Unknown.class);
    }

    @Test
    void onlySoManyContractsAreAskedAtOnceAndKeysNeverWaitForThem() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        Semaphore started = new Semaphore(0);
        chain.contract(CONTRACT, (settled, hash, bytes) -> {
            started.release();
            awaited(hold);
            return new WalletLookup.Approves(FakeChain.provenance(0));
        });
        for (int i = 0; i < 32; i++) {
            Thread.ofVirtual().start(() -> atHead(CONTRACT, OF_CONTRACT));
        }
        started.acquire(32);

        assertThat(atHead(CONTRACT, OF_CONTRACT))
                .isInstanceOfSatisfying(
                        Signing.Unknown.class,
                        unknown -> assertThat(unknown.failure().kind()).isEqualTo(ChainFailure.Kind.TIMEOUT));
        assertThat(atHead(OWNER, OF_OWNER)).isEqualTo(new Signing.Signed(Optional.empty()));
        assertThat(chain.walletQuestions()).isEqualTo(32);

        hold.countDown();
        assertThat(new SignatureJudge(chain).atHead(CONTRACT, DIGEST, SentSignature.parse(OF_CONTRACT)))
                .isEqualTo(new Signing.Signed(Optional.of(FakeChain.provenance(0))));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
