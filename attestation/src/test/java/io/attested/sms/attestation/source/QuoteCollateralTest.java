package io.attested.sms.attestation.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.source.QuoteCollateral.Answer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is asked for what nobody proved. */
@Timeout(300)
class QuoteCollateralTest {
    private final SourceScene scene = new SourceScene();
    private final QuoteCollateral collateral = new QuoteCollateral(scene.verifier, scene.checks, scene.cache());

    @AfterEach
    void stop() {
        scene.close();
    }

    private Answer forQuote(byte[] quote) {
        return collateral.forQuote(quote, Optional.empty(), Optional.empty(), scene.clock.instant());
    }

    @Test
    void genuineQuoteGetsItsCollateral() {
        assertThat(forQuote(scene.quote())).isEqualTo(new Answer.Usable(scene.intel.collateral(), false));
    }

    @Test
    void thousandQuotesWithRandomFmspcsUnderForgedChainsCauseNoFetch() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] fmspc = new byte[6];
            random.nextBytes(fmspc);
            assertThat(forQuote(scene.quoteOf(fmspc, false))).isInstanceOf(Answer.NotGenuine.class);
        }
        assertThat(scene.pccs.requests()).isEmpty();
    }

    @Test
    void genuineChainsWithManyFmspcsCauseFetchesForTheBoundOnly() {
        int unavailable = 0;
        for (int i = 0; i < 100; i++) {
            byte[] fmspc = {0, 0, 0, 0, 1, (byte) i};
            String hex = HexFormat.of().formatHex(fmspc);
            scene.pccs.publish("sgx", hex, "platform", scene.collateralOf(hex));
            if (forQuote(scene.quoteOf(fmspc, true)) instanceof Answer.Unavailable(var reason, String detail)) {
                assertThat(reason).isEqualTo(CollateralAnswer.Reason.BOUND_REACHED);
                unavailable++;
            }
        }
        assertThat(unavailable).isEqualTo(100 - SourceScene.BOUND);
        assertThat(scene.pccs.requests()).hasSize(4 * SourceScene.BOUND);
        scene.clock.pass(java.time.Duration.ofHours(1));
        assertThat(forQuote(scene.quote())).isInstanceOf(Answer.Usable.class);
    }

    @Test
    void revokedPckAuthorityIsRefusedWithoutAskingWhenTheRootsListIsAtHand() {
        CachedCollateral cache = scene.cache();
        assertThat(cache.take(scene.intel
                        .processorCollateralDraft()
                        .rootCrl(list ->
                                list.revoking(scene.intel.platformAuthority().serial()))
                        .sign()))
                .isInstanceOf(CollateralVerdict.Good.class);
        Answer answer = new QuoteCollateral(scene.verifier, scene.checks, cache)
                .forQuote(scene.quote(), Optional.empty(), Optional.empty(), scene.clock.instant());
        assertThat(answer).isInstanceOf(Answer.NotGenuine.class);
        assertThat(scene.pccs.requests()).isEmpty();
    }

    @Test
    void genuineChainBesideAForgedReportCausesNoFetch() {
        byte[] quote = scene.quote();
        for (int place : new int[] {48, 48 + 320, 436, 436 + 64 + 64, 436 + 128 + 64, 436 + 128 + 384}) {
            byte[] forged = quote.clone();
            forged[place] ^= 1;
            assertThat(forQuote(forged)).as("byte " + place).isInstanceOf(Answer.NotGenuine.class);
        }
        assertThat(scene.pccs.requests()).isEmpty();
    }

    @Test
    void genuineQuoteMadeForSomethingElseCausesNoFetch() {
        ByteString expected = ByteString.copyOf(SourceScene.filled(64, 1));
        assertThat(collateral.forQuote(scene.quote(), Optional.empty(), Optional.of(expected), scene.clock.instant()))
                .isEqualTo(new Answer.NotBound());
        assertThat(scene.pccs.requests()).isEmpty();
        assertThat(collateral.forQuote(
                        scene.quote(),
                        Optional.empty(),
                        Optional.of(ByteString.copyOf(new byte[64])),
                        scene.clock.instant()))
                .isInstanceOf(Answer.Usable.class);
    }

    @Test
    void bytesThatAreNoQuoteAreRefused() {
        Answer answer = forQuote(new byte[100]);
        assertThat(answer).isInstanceOf(Answer.NotGenuine.class);
        Verdict.Rejected rejection = ((Answer.NotGenuine) answer).rejection();
        assertThat(rejection.reason().name()).startsWith("UNSUPPORTED");
    }
}
