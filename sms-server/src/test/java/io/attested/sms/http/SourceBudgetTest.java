package io.attested.sms.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SourceBudgetTest {
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final SourceBudget budget = new SourceBudget(3, () -> now);

    @Test
    void aSourceThatSpentItsWritesWaitsForTheNextMinute() throws Exception {
        assertThat(status("POST", "10.0.0.1")).isEqualTo(200);
        assertThat(status("PUT", "10.0.0.1")).isEqualTo(200);
        assertThat(status("POST", "10.0.0.1")).isEqualTo(200);
        assertThat(status("POST", "10.0.0.1")).isEqualTo(503);
        now = now.plusSeconds(60);
        assertThat(status("POST", "10.0.0.1")).isEqualTo(200);
    }

    @Test
    void othersAndReadersAreNotConcerned() throws Exception {
        for (int i = 0; i < 4; i++) {
            status("POST", "10.0.0.1");
        }
        assertThat(status("POST", "10.0.0.2")).isEqualTo(200);
        assertThat(status("HEAD", "10.0.0.1")).isEqualTo(200);
    }

    private int status(String method, String source) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/secrets/web2");
        request.setRemoteAddr(source);
        MockHttpServletResponse response = new MockHttpServletResponse();
        budget.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
