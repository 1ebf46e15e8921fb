package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/iexec-compatibility.md}: the conformance kit refers to its deviations by id. */
class CompatibilityPageTest {
    private static final Page PAGE = Page.of("docs/reference/iexec-compatibility.md");

    @Test
    void everyDeviationHasAnIdOfItsOwnAndAReason() {
        List<List<String>> rows = PAGE.rows();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row).hasSize(4).noneMatch(String::isBlank);
            assertThat(row.getFirst()).matches("D-\\d\\d");
        });
        assertThat(PAGE.firstCells()).doesNotHaveDuplicates();
    }
}
