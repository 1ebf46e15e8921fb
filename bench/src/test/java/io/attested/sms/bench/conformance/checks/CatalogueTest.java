package io.attested.sms.bench.conformance.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final List<Check> all = Catalogue.all();
    private final List<Check> withoutTee =
            all.stream().filter(check -> !check.group().equals("tee")).toList();

    @Test
    void thereAreEnough() {
        assertThat(withoutTee).hasSizeGreaterThanOrEqualTo(190);
        assertThat(all).hasSizeGreaterThanOrEqualTo(250);
    }

    @Test
    void mostNeedNothingButAnAddress() {
        long alone = withoutTee.stream()
                .filter(check -> check.need() == Need.NOTHING)
                .count();
        assertThat(alone * 10).isGreaterThanOrEqualTo(withoutTee.size() * 6L);
    }

    @Test
    void idsAreUniqueAndOfOneForm() {
        assertThat(all)
                .extracting(Check::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)+"));
    }

    @Test
    void eachQuotesASectionAndSaysWhatItSays() {
        assertThat(all).extracting(Check::section).allMatch(section -> section.matches("[1-8](\\.\\d)?"));
        assertThat(all)
                .extracting(Check::statement)
                .allMatch(
                        statement -> statement.length() > 10 && !statement.endsWith(".") && statement.indexOf('|') < 0);
    }

    @Test
    void noSubjectHasTheSameStatementTwice() {
        assertThat(all.stream()
                        .map(check -> check.id().substring(0, check.id().lastIndexOf('-')) + " " + check.statement()))
                .doesNotHaveDuplicates();
    }
}
