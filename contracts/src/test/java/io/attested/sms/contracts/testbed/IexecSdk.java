package io.attested.sms.contracts.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real, unmodified iExec SDK from npm, in a Node.js process for each run.
 *
 * <p>The SDK remembers positive answers of an SMS within one process, so a run never sees what an earlier one learned.
 */
public final class IexecSdk {
    private static final long MOST_MINUTES = 3;
    private static final JsonMapper JSON = new JsonMapper();

    /** Which SDK. */
    public enum Version {
        /** iexec 9.0.1: TDX deals only. */
        V9(9),
        /** iexec 8.24.0: SCONE, Gramine and deals without TEE. */
        V8(8);

        private final int major;

        Version(int major) {
            this.major = major;
        }

        /** The npm package in the testbed. */
        String npmPackage() {
            return major == 8 ? "iexec-v8" : "iexec";
        }
    }

    private final Version version;
    private final LocalChain chain;
    private final String hub;
    private final SmsUrls sms;

    /** @param sms base URL of the SMS the SDK talks to; the SDK drops any path */
    public IexecSdk(Version version, LocalChain chain, Poco poco, URI sms) {
        this(version, chain, poco, SmsUrls.one(sms));
    }

    /** @param sms where the SDK finds the SMS, or one for each framework for SDK 8 */
    public IexecSdk(Version version, LocalChain chain, Poco poco, SmsUrls sms) {
        this.version = version;
        this.chain = chain;
        this.hub = poco.hub();
        this.sms = sms;
    }

    /**
     * Plays steps one after the other; a failed step does not stop the others.
     *
     * @throws TestbedFailure when the script itself fails
     */
    public SdkRun run(SdkStep... steps) {
        try {
            return new SdkRun(output(steps).stream().map(IexecSdk::outcome).toList());
        } catch (IOException e) {
            throw new TestbedFailure("cannot run the iExec SDK; is Node.js 20 or newer on the PATH?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("interrupted while the iExec SDK ran", e);
        }
    }

    private List<String> output(SdkStep... steps) throws IOException, InterruptedException {
        Path folder = NodePackages.installed().folder();
        Path output = Files.createTempFile("sms-sdk", ".jsonl");
        Path errors = Files.createTempFile("sms-sdk", ".log");
        try {
            Process process = new ProcessBuilder("node", "sdk/run.mjs")
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(JSON.writeValueAsBytes(input(steps)));
            }
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new TestbedFailure("the iExec SDK took longer than " + MOST_MINUTES + " minutes");
            }
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0 || lines.size() != steps.length) {
                throw new TestbedFailure("the iExec SDK script failed:\n" + Files.readString(errors));
            }
            return lines;
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private Map<String, Object> input(SdkStep... steps) {
        return Map.of(
                "sdk",
                version.major,
                "rpcUrl",
                chain.url().toString(),
                "chainId",
                chain.chainId(),
                "hub",
                hub,
                "smsUrl",
                sms.json(),
                "steps",
                List.of(steps));
    }

    private static SdkOutcome outcome(String line) {
        JsonNode outcome = JSON.readTree(line);
        Map<String, Object> result = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : outcome.path("result").properties()) {
            JsonNode value = member.getValue();
            result.put(member.getKey(), value.isBoolean() ? (Object) value.asBoolean() : value.asString());
        }
        return new SdkOutcome(
                outcome.get("id").asString(),
                outcome.get("ok").asBoolean(),
                Map.copyOf(result),
                outcome.path("error").asString(""));
    }
}
