package io.attested.sms.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How verdicts come about. */
class RunTest {
    private static Verdict play(Check check) {
        try (OddServer server = OddServer.keeping(request -> "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n");
                Scene scene = new Scene(
                        Service.at(server.url(), Duration.ofSeconds(5)),
                        Optional.empty(),
                        Scene.Admin.UNKNOWN,
                        new SecureRandom())) {
            List<Played> told = new ArrayList<>();
            List<Played> played = new Run(scene, told::add).play(List.of(check));
            assertThat(told).isEqualTo(played);
            return played.getFirst().verdict();
        }
    }

    private static Check.Draft draft() {
        return Check.of("a-b-001", "1.2", "A statement");
    }

    private static Check told(String words) {
        return draft().expects(Expected.told("right"))
                .orDeviation("D-98", Expected.told("listed"))
                .orDeviation("D-99", Expected.told("listed too"))
                .plays(scene -> new Seen.Told(words));
    }

    @Test
    void contractIsAPassAndAListedAlternativeADeviationAndAnythingElseAFailure() {
        assertThat(play(told("right"))).isEqualTo(new Verdict.Passed("right"));
        assertThat(play(told("listed"))).isEqualTo(new Verdict.Deviation("D-98", "listed"));
        assertThat(play(told("listed too"))).isEqualTo(new Verdict.Deviation("D-99", "listed too"));
        assertThat(play(told("neither"))).isEqualTo(new Verdict.Failed("right", "neither"));
    }

    @Test
    void whatIsNeededAndNotThereIsSkippedAndNotPassed() {
        for (Need need : List.of(Need.CHAIN, Need.ADMIN_KEY, Need.ADMIN_STORAGE)) {
            Verdict verdict =
                    play(draft().needs(need).expects(Expected.told("a")).plays(scene -> new Seen.Told("a")));
            assertThat(verdict).isEqualTo(new Verdict.Skipped("needs " + need.words()));
            assertThat(verdict.word()).isEqualTo("skipped");
        }
        assertThat(play(draft().expects(Expected.told("a")).plays(scene -> {
                    scene.dataset();
                    return new Seen.Told("a");
                })))
                .isInstanceOf(Verdict.Skipped.class);
    }

    @Test
    void earlierStepThatIsAnsweredOtherwiseFailsTheCheck() {
        Verdict verdict = play(draft().expects(Expected.told("a")).plays(scene -> {
            scene.given(Request.get("/"), Expected.status(200));
            return new Seen.Told("a");
        }));
        assertThat(verdict).isEqualTo(new Verdict.Failed("in an earlier step: 200", "500, no body"));
    }

    @Test
    void checkThatBreaksFails() {
        Verdict verdict = play(draft().expects(Expected.told("a")).plays(scene -> {
            throw new IllegalStateException("oops");
        }));
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.word()).isEqualTo("FAIL");
    }
}
