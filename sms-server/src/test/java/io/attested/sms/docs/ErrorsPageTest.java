package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.http.InputCode;
import io.attested.sms.iexec.ContractErrorNames;
import io.attested.sms.iexec.SessionError;
import io.attested.sms.worker.release.Answer;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/errors.md} and {@code evidence-reasons.md} against the enums. */
class ErrorsPageTest {
    private final Page errors = Page.of("docs/reference/errors.md");

    @Test
    void refusalsAreListedWithTheirStatus() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (RefusalCode code : RefusalCode.values()) {
            expected.put(code.word(), status(code.kind()));
        }
        assertThat(errors.section("Refusals under `/v1`").firstToSecond()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static String status(RefusalCode.Kind kind) {
        return switch (kind) {
            case UNAUTHENTICATED -> "401";
            case REFUSED -> "403";
            case UNAVAILABLE -> "503";
        };
    }

    @Test
    void inputCodesAreListed() {
        List<String> words = Stream.of(InputCode.values()).map(InputCode::word).toList();
        assertThat(errors.section("Requests that are not understood").firstCells())
                .containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void sessionWordsAreListedWithTheirStatus() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (SessionError error : SessionError.values()) {
            expected.put(error.name(), Integer.toString(error.status()));
        }
        assertThat(errors.section("Words of `POST /tee/sessions`").firstToSecond())
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void namesOfTheOriginalThatCannotBeReachedAreListedWithTheirReason() {
        assertThat(errors.section("iExec error names").firstToSecond())
                .containsExactlyInAnyOrderEntriesOf(ContractErrorNames.unreachable());
    }

    @Test
    void bootStageCodesAreListed() {
        List<String> codes = Stream.concat(
                        Stream.of(io.attested.sms.worker.boot.RefusalCode.values())
                                .map(io.attested.sms.worker.boot.RefusalCode::text),
                        Stream.of(Answer.UNAVAILABLE, Answer.UNREADABLE))
                .toList();
        assertThat(errors.section("Codes of the boot stage").firstCells()).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void everyEvidenceReasonIsListedWithItsCode() throws ReflectiveOperationException {
        // The mapping is the feature's own business; opening it for this test would make it everybody's.
        Method codeOf =
                Class.forName("io.attested.sms.grant.EvidenceRules").getDeclaredMethod("codeOf", RejectionReason.class);
        codeOf.setAccessible(true);
        Map<String, String> expected = new LinkedHashMap<>();
        for (RejectionReason reason : RejectionReason.values()) {
            expected.put(reason.name(), ((RefusalCode) codeOf.invoke(null, reason)).word());
        }
        assertThat(Page.of("docs/reference/evidence-reasons.md").firstToSecond())
                .containsExactlyInAnyOrderEntriesOf(expected);
    }
}
