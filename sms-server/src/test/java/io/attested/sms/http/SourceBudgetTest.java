package io.attested.sms.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SourceBudgetTest {
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final SourceBudget budget = new SourceBudget(3, OptionalInt.of(13400), () -> now);

    @Test
    void aSourceThatSpentItsWritesWaitsForTheNextMinute() throws Exception {
        assertThat(status("POST", "10.0.0.1")).isEqualTo(200);
        assertThat(status("PUT", "10.0.0.1")).isEqualTo(200);
        assertThat(status("POST", "10.0.0.1")).isEqualTo(200);
        assertThat(status("POST", "10.0.0.1")).isEqualTo(503);
        now = now.plusSeconds(60);
        assertThat(status("POST", "10.0.0.1")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "HEAD, true", "OPTIONS, true", "DELETE, false", "PATCH, false"})
    void guessesOfAKeyAndWritesByAnyMethodAreCounted(String method, boolean withKey) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(status(method, "10.0.0.1", withKey)).isEqualTo(200);
        }
        assertThat(status(method, "10.0.0.1", withKey)).isEqualTo(503);
    }

    @Test
    void othersAndReadersAreNotConcerned() throws Exception {
        for (int i = 0; i < 4; i++) {
            status("POST", "10.0.0.1");
        }
        assertThat(status("POST", "10.0.0.2")).isEqualTo(200);
        assertThat(status("HEAD", "10.0.0.1")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:db8:1:2::1, 2001:DB8:0001:2:0:0:0:7",
        "fe80::1%eth0, fe80::2%7",
        "::1, 0:0:0:0:0:0:0:1",
        "::ffff:10.0.0.1, ::ffff:a00:1"
    })
    void addressesOfOneHostAreOneSource(String spent, String other) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(status("POST", spent)).isEqualTo(200);
        }
        assertThat(status("POST", other)).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "2001:db8:1:2::1, 2001:db9:1:2::1",
        "::ffff:10.0.0.1, ::ffff:10.0.0.2",
        "10.0.0.1, 10.0.0.3",
        "not:an:address, not:an:address:either"
    })
    void addressesOfDifferentNetworksAreNot(String spent, String other) throws Exception {
        for (int i = 0; i < 4; i++) {
            status("POST", spent);
        }
        assertThat(status("POST", spent)).isEqualTo(503);
        assertThat(status("POST", other)).isEqualTo(200);
    }

    /** Behind a proxy on the same machine everybody is loopback. */
    @Test
    void thePortOfTheAdminApiCountsByItself() throws Exception {
        for (int i = 0; i < 4; i++) {
            status("POST", "127.0.0.1");
        }
        assertThat(statusAt(13400)).isEqualTo(200);
        assertThat(statusAt(13400)).isEqualTo(200);
        assertThat(statusAt(13400)).isEqualTo(200);
        assertThat(statusAt(13400)).isEqualTo(503);
        assertThat(statusAt(13401)).isEqualTo(503);
    }

    private int statusAt(int port) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/admin/backup");
        request.setRemoteAddr("127.0.0.1");
        request.setLocalPort(port);
        MockHttpServletResponse response = new MockHttpServletResponse();
        budget.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private int status(String method, String source) throws Exception {
        return status(method, source, false);
    }

    private int status(String method, String source, boolean withKey) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/secrets/web2");
        if (withKey) {
            request.addHeader("X-API-KEY", "a guess");
        }
        request.setRemoteAddr(source);
        MockHttpServletResponse response = new MockHttpServletResponse();
        budget.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
