package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogHead;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/audit-log.md} against the log's format. */
class AuditPageTest {
    private final Page page = Page.of("docs/reference/audit-log.md");

    @Test
    void everyEventIsListed() {
        assertThat(page.section("Events").firstCells())
                .containsExactly(Stream.of(Event.values()).map(Event::name).toArray(String[]::new));
    }

    @Test
    void everyFieldIsListedInItsOrder() {
        assertThat(page.section("Fields").firstCells())
                .containsExactly(Stream.of(Field.values()).map(Field::json).toArray(String[]::new));
    }

    @Test
    void theHeadsDomainIsTheOneWritten() {
        assertThat(page.section("Head and its signature").text()).contains("\"" + LogHead.DOMAIN + "\" ‖ 0x00");
    }
}
