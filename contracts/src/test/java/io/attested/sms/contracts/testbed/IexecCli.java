package io.attested.sms.contracts.testbed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line of the real, unmodified iExec SDK from npm: one process for each command, in a folder with a {@code
 * chain.json} and a keystore of its own. Nothing of the user's home is read or written.
 */
public final class IexecCli {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MOST_MINUTES = 5;
    private static final String PASSWORD = "testbed";

    private final Path program;
    private final Path folder;

    private IexecCli(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * A project folder of this SDK.
     *
     * @param folder empty, or not there yet
     */
    public static IexecCli in(Path folder, IexecSdk.Version version, LocalChain chain, Poco poco, SmsUrls sms) {
        return in(folder, version, chain, poco, sms, Map.of());
    }

    /**
     * The same for SDK 8 with the result proxy that {@code storage init} logs in at.
     *
     * @param folder empty, or not there yet
     */
    public static IexecCli in(
            Path folder, IexecSdk.Version version, LocalChain chain, Poco poco, SmsUrls sms, URI resultProxy) {
        return in(folder, version, chain, poco, sms, Map.of("resultProxy", resultProxy.toString()));
    }

    private static IexecCli in(
            Path folder, IexecSdk.Version version, LocalChain chain, Poco poco, SmsUrls sms, Map<String, Object> more) {
        Map<String, Object> local = new HashMap<>(more);
        local.put("id", Long.toString(chain.chainId()));
        local.put("host", chain.url().toString());
        local.put("hub", poco.hub());
        local.put("sms", sms.json());
        try {
            Files.createDirectories(folder.resolve("keystore"));
            Files.write(
                    folder.resolve("chain.json"),
                    JSON.writeValueAsBytes(Map.of("default", "local", "chains", Map.of("local", local))));
        } catch (IOException e) {
            throw new TestbedFailure("cannot write chain.json", e);
        }
        return new IexecCli(NodePackages.installed().file(version.npmPackage() + "/dist/esm/cli/cmd/iexec.js"), folder);
    }

    /**
     * {@code iexec wallet import}: an encrypted file in the keystore; {@link #as} uses it. What the command wrote is then
     * replaced by a file with the same key and password that costs no second to open.
     */
    public CliOutcome importWallet(Wallet wallet) {
        CliOutcome imported =
                run("wallet", "import", wallet.privateKey(), "--keystoredir", keystore(), "--password", PASSWORD);
        try {
            Path file = Path.of(String.valueOf(imported.raw().get("fileName")));
            Files.write(file, JSON.writeValueAsBytes(Keystore.of(wallet, PASSWORD)));
        } catch (IOException e) {
            throw new TestbedFailure("cannot replace what the iExec CLI wrote to its keystore", e);
        }
        return imported;
    }

    /** A command with the options that name an imported wallet. */
    public CliOutcome as(Wallet wallet, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(
                "--keystoredir", keystore(), "--wallet-address", wallet.checksummedAddress(), "--password", PASSWORD));
        return run(all.toArray(String[]::new));
    }

    /** A command such as {@code app check-secret 0x…}, with {@code --raw} and nothing to read from. */
    public CliOutcome run(String... command) {
        List<String> all = new ArrayList<>(List.of("node", program.toString()));
        all.addAll(List.of(command));
        all.add("--raw");
        try {
            return finished(all);
        } catch (IOException e) {
            throw new TestbedFailure("cannot run the iExec CLI; is Node.js 20 or newer on the PATH?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("interrupted while the iExec CLI ran", e);
        }
    }

    private CliOutcome finished(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new TestbedFailure("the iExec CLI took longer than " + MOST_MINUTES + " minutes: " + command);
        }
        return new CliOutcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private String keystore() {
        return folder.resolve("keystore").toString();
    }
}
