package io.attested.sms.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class OperatorFileTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path file(int length) throws IOException {
        return Files.write(folder.resolve("file"), new byte[length]);
    }

    @Test
    void readsAFileUpToItsBoundAndThroughALink() throws IOException {
        assertThat(OperatorFile.read("sms.x", file(MIB), MIB)).hasSize(MIB);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
        assertThat(OperatorFile.read("sms.x", link, MIB)).hasSize(MIB);
    }

    @Test
    void refusesALongerFile() throws IOException {
        Path file = file(MIB + 1);
        assertThatThrownBy(() -> OperatorFile.read("sms.x", file, MIB))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("more than 1 MiB");
    }

    @Test
    void refusesWhatIsNoFileOrNotThere() {
        for (Path path : new Path[] {Path.of("/dev/zero"), folder}) {
            assertThatThrownBy(() -> OperatorFile.read("sms.x", path, MIB))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("no regular file");
        }
        assertThatThrownBy(() -> OperatorFile.read("sms.x", folder.resolve("none"), MIB))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void refusesAPipeWithoutWaitingForItsWriter() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> OperatorFile.read("sms.x", pipe, MIB))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no regular file");
    }
}
