package io.attested.sms.scenario;

import io.attested.sms.standin.CasStandIn;
import io.attested.sms.standin.Reply;
import io.attested.sms.standin.SpsStandIn;
import io.attested.sms.standin.StoreStandIn;
import io.attested.sms.standin.TdxStoreStandIn;
import io.attested.sms.standin.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CAS, a provisioning service and a session storage on real sockets, and the settings with which a service publishes in
 * them.
 */
public record StoresAtHand(CasStandIn cas, SpsStandIn sps, TdxStoreStandIn tdx, Map<String, String> settings)
        implements AutoCloseable {
    private static final String LOGIN = "sms";
    private static final String PASSWORD = "a password: with a colon";
    private static final String PIPELINE =
            "{\"framework\":\"%s\",\"version\":\"v5.9\",\"preCompute\":%s," + "\"postCompute\":%s%s}";
    private static final String STAGE = "{\"image\":\"registry.example/%s:1\",\"fingerprint\":\"%s\","
            + "\"entrypoint\":\"java -jar /%s.jar\",\"heapSizeInBytes\":1073741824}";

    /** Starts all three and writes what the service needs into {@code folder}. */
    public static StoresAtHand start(Path folder) {
        CasStandIn cas = CasStandIn.start();
        SpsStandIn sps = SpsStandIn.start(LOGIN, PASSWORD);
        TdxStoreStandIn tdx = TdxStoreStandIn.start();
        Map<String, String> all = new LinkedHashMap<>();
        store(all, "scone", cas, folder);
        store(all, "gramine", sps, folder);
        store(all, "tdx", tdx, folder);
        all.put("sms.sessions.scone.enclave-address", "cas.example:18765");
        all.put("sms.sessions.scone.attestation-mode", "hardware");
        all.put("sms.sessions.scone.tolerate[0]", "debug-mode");
        all.put("sms.sessions.scone.ignore-advisories[0]", "INTEL-SA-00219");
        TlsIdentity own = TlsIdentity.named("sms");
        all.put(
                "sms.sessions.scone.client-key-store",
                own.writeKeyStore(folder.resolve("client.p12"), "changeit").toString());
        all.put(
                "sms.sessions.scone.client-key-store-password-file",
                TlsIdentity.writePassword(folder.resolve("client.password"), "changeit")
                        .toString());
        all.put("sms.sessions.gramine.enclave-address", "sps.example:4433");
        all.put("sms.sessions.gramine.login", LOGIN);
        all.put(
                "sms.sessions.gramine.password-file",
                TlsIdentity.writePassword(folder.resolve("sps.password"), PASSWORD)
                        .toString());
        all.put("sms.sessions.tdx.provisioning-url", "tdx.example:9000");
        all.put("sms.measurements.file", measurements(folder).toString());
        // A version that may be named and has no images.
        all.put("sms.tee.pipelines[0].version", "v5.0");
        return new StoresAtHand(cas, sps, tdx, Map.copyOf(all));
    }

    private static void store(Map<String, String> all, String framework, StoreStandIn store, Path folder) {
        String prefix = "sms.sessions." + framework + ".";
        all.put(prefix + "publisher", framework);
        all.put(prefix + "url", store.url().toString());
        all.put(
                prefix + "server-certificate",
                store.identity()
                        .writeCertificate(folder.resolve(framework + ".pem"))
                        .toString());
    }

    private static Path measurements(Path folder) {
        List<String> pipelines = List.of(
                pipeline("SCONE", ",\"lasImage\":\"registry.example/las:1\""),
                pipeline("GRAMINE", ""),
                pipeline("TDX", ""));
        try {
            return Files.writeString(
                    folder.resolve("measurements.json"),
                    "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[],\"pipelines\":["
                            + String.join(",", pipelines) + "]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pipeline(String framework, String more) {
        return PIPELINE.formatted(framework, stage("pre-compute", "1a"), stage("post-compute", "2b"), more);
    }

    private static String stage(String name, String digits) {
        return STAGE.formatted(name, digits.repeat(32), name);
    }

    /** An app's enclave configuration that the listed pipelines serve. */
    String configuration(String framework) {
        return "{\"framework\":\"" + framework + "\",\"version\":\"v5.9\",\"entrypoint\":\"/start\",\"heapSize\":1024,"
                + "\"fingerprint\":\"" + "ab".repeat(32) + "\"}";
    }

    /** All three do this from now on. */
    void behave(Reply reply) {
        cas.behave(reply);
        sps.behave(reply);
        tdx.behave(reply);
    }

    @Override
    public void close() {
        cas.close();
        sps.close();
        tdx.close();
    }
}
