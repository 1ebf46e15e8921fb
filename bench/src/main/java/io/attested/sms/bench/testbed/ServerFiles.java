package io.attested.sms.bench.testbed;

import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The files an operator would write for the service under test. */
final class ServerFiles {
    private static final String ENDLESS = "1000000000";

    /** As public as every key of the testbed. */
    private static final String ADMIN_KEY = "the-testbeds-admin-key-protects-nothing";

    private final Path folder;

    /** @param folder absolute */
    ServerFiles(Path folder) {
        this.folder = folder;
    }

    /** What the service is told of chain, store and ports, by property name. */
    Map<String, String> settings(URI node, long chainId, String hub, Ports ports) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("server.port", Integer.toString(ports.service()));
        settings.put("sms.realm", "dev");
        settings.put("sms.chain.nodes[0].url", node.toString());
        settings.put("sms.chain.nodes[0].heads", "ws" + node.toString().substring("http".length()));
        settings.put("sms.chain.poll", "200ms");
        settings.put("sms.chain.id", Long.toString(chainId));
        settings.put("sms.chain.hub", hub);
        settings.put("sms.chain.depth", "0");
        settings.put("sms.store.folder", folder.resolve("store").toString());
        settings.put("sms.iexec.writes-per-minute", ENDLESS);
        settings.put("sms.measurements.file", measurements().toString());
        for (Framework framework : Framework.values()) {
            String listener = "sms.iexec.listeners[" + framework.ordinal() + "].";
            settings.put(listener + "port", Integer.toString(ports.listener(framework)));
            settings.put(listener + "framework", framework.name());
        }
        return settings;
    }

    /** A key of the admin interface and a folder for its backups; the service is told of both in {@code settings}. */
    ScenarioFile.Admin admin(Map<String, String> settings) throws IOException {
        Path key = Files.createFile(
                folder.resolve("admin.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, ADMIN_KEY, StandardCharsets.US_ASCII);
        Path storage = folder.resolve("backups");
        Files.createDirectories(storage.resolve("work"));
        settings.put("sms.admin.api-key-file", key.toString());
        settings.put("sms.admin.storage-location", storage.toString());
        return new ScenarioFile.Admin(ADMIN_KEY, storage.toString(), true);
    }

    /** Writes the settings as a file that Spring Boot reads. */
    Path write(Map<String, String> settings) throws IOException {
        StringWriter text = new StringWriter();
        text.write("# Written by ./sms testbed. Its keys are public: nothing of value may ever be in this service.\n");
        new TreeMap<>(settings).forEach((name, value) -> text.write(name + "=" + value.replace("\\", "\\\\") + "\n"));
        return Files.writeString(folder.resolve("server.properties"), text.toString(), StandardCharsets.UTF_8);
    }

    private Path measurements() throws IOException {
        SimulatedBaseImage image = SimulatedBaseImage.named("testbed");
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("name", "simulated guest of the testbed");
        listed.put("pipelineVersions", List.of(PipelineImages.VERSION));
        listed.put("mrTd", image.mrTd().hex());
        for (int i = 0; i < image.rtmrs().size(); i++) {
            listed.put("rtmr" + i, image.rtmrs().get(i).hex());
        }
        listed.put("tdAttributes", SimulatedTrustDomain.SEPT_VE_DISABLE.hex());
        listed.put("xfam", SimulatedTrustDomain.USUAL_XFAM.hex());
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("format", "sms-measurements/1");
        file.put("tdxBaseImages", List.of(listed));
        file.put(
                "pipelines",
                PipelineImages.all().stream().map(ServerFiles::pipeline).toList());
        return Files.write(
                folder.resolve("measurements.json"), JsonMapper.shared().writeValueAsBytes(file));
    }

    private static Map<String, Object> pipeline(ScenarioFile.PipelineFacts pipeline) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("framework", pipeline.framework());
        members.put("version", pipeline.version());
        members.put("preCompute", pipeline.preCompute());
        members.put("postCompute", pipeline.postCompute());
        pipeline.lasImage().ifPresent(image -> members.put("lasImage", image));
        return members;
    }
}
