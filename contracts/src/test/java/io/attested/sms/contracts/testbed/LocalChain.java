package io.attested.sms.contracts.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A node of its own chain on 127.0.0.1, from npm: anvil, or Ganache.
 *
 * <p>The ten accounts of {@link Wallet} are funded and unlocked. A block is mined with each transaction. Closing kills the
 * node; so does the end of this JVM, unless it is killed itself.
 */
public final class LocalChain implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("(?i)listening on (?:http://)?127\\.0\\.0\\.1:(\\d+)");
    private static final String MNEMONIC = "test test test test test test test test test test test junk";

    private static final int MOST_OUTPUT_TOLD = 2000;

    private final Process process;
    private final URI url;
    private final long chainId;
    private final Rpc rpc;
    private final Optional<Path> temporary;

    private LocalChain(Process process, URI url, long chainId, Optional<Path> temporary) {
        this.process = process;
        this.url = url;
        this.chainId = chainId;
        this.rpc = new Rpc(url);
        this.temporary = temporary;
    }

    /** A fresh anvil chain with id 65535. */
    public static LocalChain anvil() {
        return anvil(AnvilOptions.standard());
    }

    /** Anvil as told; boots in a tenth of a second. */
    public static LocalChain anvil(AnvilOptions options) {
        Path program = NodePackages.installed().file("@foundry-rs/anvil-linux-amd64/bin/anvil");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(options.port()),
                "--chain-id",
                Long.toString(options.chainId()),
                "--mnemonic",
                MNEMONIC));
        Optional<Path> unpacked = options.state().filter(LocalChain::packed).map(LocalChain::unpack);
        unpacked.or(options::state).ifPresent(file -> command.addAll(List.of("--load-state", file.toString())));
        return start(command, options.chainId(), unpacked);
    }

    /** A fresh Ganache chain with id 65535; boots in some seconds and refuses block hashes in calls. */
    public static LocalChain ganache() {
        Path program = NodePackages.installed().file("ganache/dist/node/cli.js");
        return start(
                List.of(
                        "node",
                        program.toString(),
                        "--server.host=127.0.0.1",
                        "--server.port=" + FreePorts.one(),
                        "--chain.chainId=65535",
                        "--chain.networkId=65535",
                        "--wallet.mnemonic=" + MNEMONIC),
                65535,
                Optional.empty());
    }

    /** {@code http://127.0.0.1:port}. */
    public URI url() {
        return url;
    }

    /** The chain's id. */
    public long chainId() {
        return chainId;
    }

    /** Height of the head. */
    public long height() {
        return Long.decode(rpc.call("eth_blockNumber").asString());
    }

    /** Mines {@code blocks} empty blocks. */
    public void mine(int blocks) {
        for (int i = 0; i < blocks; i++) {
            rpc.call("evm_mine");
        }
    }

    /** Remembers the present state; gives the name to {@link #revert} to it, once. */
    public String snapshot() {
        return rpc.call("evm_snapshot").asString();
    }

    /** Goes back to a snapshot, which is used up. */
    public void revert(String snapshot) {
        if (!rpc.call("evm_revert", snapshot).asBoolean()) {
            throw new TestbedFailure("the node does not know the snapshot " + snapshot);
        }
    }

    /** Anvil only: the chain's state, for {@link #resumeFrom} on another node. */
    public String state() {
        return rpc.call("anvil_dumpState").asString();
    }

    /** Anvil only: takes a state over and mines one block on it; blocks before it cannot be read. */
    public void resumeFrom(String state) {
        rpc.call("anvil_loadState", state);
        mine(1);
    }

    /** Moves the chain's clock and mines a block at the new time. */
    public void increaseTime(long seconds) {
        rpc.call("evm_increaseTime", seconds);
        rpc.call("evm_mine");
    }

    /** Anvil only: replaces the last {@code depth} blocks by as many empty ones. */
    public void reorganise(int depth) {
        rpc.call("anvil_reorg", depth, List.of());
    }

    /** Anvil only: whether a transaction is mined at once. */
    public void mineAtOnce(boolean atOnce) {
        rpc.call("evm_setAutomine", atOnce);
    }

    /** Kills the node, as a crash would. Nothing to do the second time. */
    public void stop() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        temporary.ifPresent(LocalChain::delete);
    }

    @Override
    public void close() {
        stop();
    }

    Rpc rpc() {
        return rpc;
    }

    private static LocalChain start(List<String> command, long chainId, Optional<Path> temporary) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
            BufferedReader output = process.inputReader();
            URI url = URI.create("http://127.0.0.1:" + listening(output, process));
            Thread.ofVirtual().name("local-chain-output").start(() -> drain(output));
            return new LocalChain(process, url, chainId, temporary);
        } catch (IOException e) {
            throw new TestbedFailure("cannot start the local node " + command.getFirst(), e);
        }
    }

    private static String listening(BufferedReader output, Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
            said.append(line).append('\n');
        }
        process.destroyForcibly();
        throw new TestbedFailure("the local node ended before it listened:\n"
                + said.substring(Math.max(0, said.length() - MOST_OUTPUT_TOLD)));
    }

    /** A node whose output nobody reads stops when the pipe is full. */
    private static void drain(BufferedReader output) {
        try (output) {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The node ended, which is also how the reading ends.
            return;
        }
    }

    private static boolean packed(Path file) {
        return file.toString().endsWith(".gz");
    }

    private static Path unpack(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Path plain = Files.createTempFile("sms-chain-state", ".json");
            Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
