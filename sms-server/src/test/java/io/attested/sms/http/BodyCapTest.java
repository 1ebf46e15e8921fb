package io.attested.sms.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** How much may come, and how late. */
class BodyCapTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final BodyCap cap = new BodyCap(now::get);
    private final List<Integer> passedOn = new ArrayList<>();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final FilterChain chain =
            (request, answer) -> passedOn.add(request.getInputStream().readAllBytes().length);

    private int status(int length, Duration each) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/tee/sessions") {
            @Override
            public ServletInputStream getInputStream() {
                return new Drips(length, each);
            }
        };
        request.setServletPath("/tee/sessions");
        cap.doFilter(request, response, chain);
        return response.getStatus();
    }

    /** A byte at each read, and each takes its time. */
    private final class Drips extends ServletInputStream {
        private final Duration each;
        private int left;

        Drips(int length, Duration each) {
            this.left = length;
            this.each = each;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left == 0 || length == 0) {
                return -1;
            }
            left--;
            now.updateAndGet(instant -> instant.plus(each));
            target[offset] = 'x';
            return 1;
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void bodyOfAnyLengthUpToTheCapArrivesWhole() throws Exception {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, BodyCap.CAP}) {
            passedOn.clear();
            assertThat(status(length, Duration.ZERO)).isEqualTo(200);
            assertThat(passedOn).containsExactly(length);
        }
    }

    @Test
    void bodyOverTheCapIsRefused() throws Exception {
        assertThat(status(BodyCap.CAP + 1, Duration.ZERO)).isEqualTo(413);
        assertThat(passedOn).isEmpty();
    }

    @Test
    void bodyThatTakesAsLongAsItMayIsAccepted() throws Exception {
        assertThat(status(20, BodyCap.PATIENCE.dividedBy(20))).isEqualTo(200);
        assertThat(passedOn).containsExactly(20);
    }

    @Test
    void bodyThatTakesLongerIsRefusedAndItsConnectionClosed() throws Exception {
        assertThat(status(21, BodyCap.PATIENCE.dividedBy(20))).isEqualTo(408);
        assertThat(response.getHeader("Connection")).isEqualTo("close");
        assertThat(passedOn).isEmpty();
    }
}
