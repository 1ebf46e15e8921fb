package io.attested.sms.task.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class IpfsFuzzTest {
    @FuzzTest
    void cid(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Cid.parse(text).ifPresent(cid -> assertThat(cid).hasToString(text));
        Cid.ofBytes(bytes).ifPresent(cid -> {
            assertThat(cid.bytes()).isEqualTo(bytes);
            assertThat(Cid.parse(cid.toString())).contains(cid);
        });
    }

    @FuzzTest
    void node(byte[] bytes) {
        try {
            UnixFsNode node = UnixFsNode.parse(bytes);
            assertThat(node.data().length).isLessThanOrEqualTo(bytes.length);
            assertThat(node.links().size()).isLessThanOrEqualTo(bytes.length / Cid.DIGEST_LENGTH);
            assertThat(node.fileSize()).isNotNegative();
        } catch (MalformedBlockException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    @FuzzTest
    void contentOfASingleBlock(byte[] bytes) throws MalformedBlockException {
        for (boolean withSize : new boolean[] {true, false}) {
            UnixFsNode node = UnixFsNode.parse(UnixFsNode.single(bytes, withSize));
            assertThat(node.data()).isEqualTo(bytes);
            assertThat(node.fileSize()).isEqualTo(bytes.length);
        }
    }
}
