package io.attested.sms.bench.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void portInUseIsNamedBeforeAnythingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int base = Math.min(taken.getLocalPort(), Ports.HIGHEST_BASE);
            assertThatThrownBy(() -> new Ports(base).requireFree())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining("--port-base");
        }
    }

    @Test
    void baseLeavesRoomForTen() {
        assertThat(Ports.isBase(1023)).isFalse();
        assertThat(Ports.isBase(1024)).isTrue();
        assertThat(Ports.isBase(65526)).isTrue();
        assertThat(Ports.isBase(65527)).isFalse();
    }
}
