package io.attested.sms.bench.testbed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.attested.sms.contracts.testbed.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code scenario.json}: what there is on the chain, who signs for whom, and where the service and the stores are.
 *
 * <p>Addresses are {@code 0x} and 40 lower-case digits, ids and checksums {@code 0x} and 64. Nothing in it is worth
 * protecting. Read strictly: an unknown or repeated member, or one of the wrong type, refuses the file.
 *
 * @param format {@link #FORMAT}
 * @param listeners base URL of the iExec API by framework; a framework that is not served is absent
 * @param publishers by framework: {@code native}, {@code scone}, {@code gramine} or {@code tdx}
 * @param provisioningUrls by framework: what {@code secretProvisioningUrl} must be; absent when only the service knows
 * @param stores by framework: where what was posted to the store can be read back, see {@link Posted}; a
 *     query is a text that bodies must contain, {@code PUT} of a status makes the store answer it from then on
 * @param ipfs base URL of the gateway, for bulk processing
 * @param admin how the service's backups are reached; absent when they are not to be touched
 * @param wallets every key of the scenario, by its role
 * @param pools assets nobody pushed a secret of, so that a run can be repeated
 * @param pipelines what {@code GET /tee/properties} must answer, in the order configured
 * @param tasks by name
 * @param settings the service's settings, by property name
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ScenarioFile(
        String format,
        Chain chain,
        Map<Framework, URI> listeners,
        Map<Framework, String> publishers,
        Map<Framework, String> provisioningUrls,
        Map<Framework, URI> stores,
        Optional<URI> ipfs,
        Optional<Admin> admin,
        List<Account> wallets,
        Pools pools,
        List<PipelineFacts> pipelines,
        Map<String, Task> tasks,
        Map<String, String> settings) {
    /** The first member of every file. */
    public static final String FORMAT = "sms-scenario/1";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Takes unmodifiable copies. */
    public ScenarioFile {
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("format is " + format + ", expected " + FORMAT);
        }
        present("chain", chain);
        present("pools", pools);
        listeners = Map.copyOf(present("listeners", listeners));
        publishers = Map.copyOf(present("publishers", publishers));
        provisioningUrls = Map.copyOf(present("provisioningUrls", provisioningUrls));
        stores = Map.copyOf(present("stores", stores));
        wallets = List.copyOf(present("wallets", wallets));
        pipelines = List.copyOf(present("pipelines", pipelines));
        tasks = Map.copyOf(present("tasks", tasks));
        settings = Map.copyOf(present("settings", settings));
    }

    /**
     * Where the chain is.
     *
     * @param node JSON-RPC; the accounts of the wallets named by {@link Wallet} are unlocked there
     * @param id chain id
     * @param hub address of PoCo
     */
    public record Chain(URI node, long id, String hub) {
        public Chain {
            present("chain.node", node);
            present("chain.hub", hub);
        }
    }

    /**
     * The admin interface, contract section 1.6.
     *
     * @param key of {@code X-API-KEY}
     * @param storage the folder of its backups as the service names it
     * @param restores whether backups may be restored: nobody else's pushes are lost by it
     */
    public record Admin(String key, String storage, boolean restores) {
        public Admin {
            present("admin.key", key);
            present("admin.storage", storage);
        }
    }

    /**
     * A key.
     *
     * @param name role, such as {@code requester}
     * @param address of the key
     * @param privateKey {@code 0x} and 64 digits
     */
    public record Account(String name, String address, String privateKey) {
        public Account {
            present("wallets[].name", name);
            present("wallets[].address", address);
            present("wallets[].privateKey", privateKey);
        }

        static Account of(String name, Wallet wallet) {
            return new Account(name, wallet.address(), wallet.privateKey());
        }

        /** The key, ready to sign. */
        @JsonIgnore
        public Wallet wallet() {
            return Wallet.ofPrivateKey(privateKey);
        }
    }

    /** Assets nobody has pushed a secret of: take one by asking whether its secret is absent. */
    public record Pools(List<Asset> apps, List<Asset> datasets) {
        /** Takes unmodifiable copies. */
        public Pools {
            apps = List.copyOf(present("pools.apps", apps));
            datasets = List.copyOf(present("pools.datasets", datasets));
        }
    }

    /** An asset and its owner's address, which is a wallet's. */
    public record Asset(String address, String owner) {
        public Asset {
            present("pools[].address", address);
            present("pools[].owner", owner);
        }
    }

    /**
     * A version of the worker's pipeline, contract section 1.4.
     *
     * @param lasImage of SCONE only
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record PipelineFacts(
            Framework framework, String version, Image preCompute, Image postCompute, Optional<String> lasImage) {
        public PipelineFacts {
            present("pipelines[].framework", framework);
            present("pipelines[].version", version);
            present("pipelines[].preCompute", preCompute);
            present("pipelines[].postCompute", postCompute);
        }
    }

    /** What one stage runs: members and names as {@code GET /tee/properties} has them. */
    public record Image(String image, String fingerprint, String entrypoint, long heapSizeInBytes) {
        public Image {
            present("image", image);
            present("fingerprint", fingerprint);
            present("entrypoint", entrypoint);
        }
    }

    /**
     * A task and all the chain says of it.
     *
     * @param framework of the tag; absent when the tag names none
     * @param tag {@code 0x} and 64 digits
     * @param index of the task in its deal
     * @param requester address; its wallet may be known
     * @param beneficiary address
     * @param workerpoolOwner address of the wallet that signs authorisations
     * @param worker address of the wallet the task is meant for; any other can be authorised too
     * @param callback address, zero for none
     * @param params the deal's text as it is
     * @param botFirst index of the deal's first task
     * @param botSize number of tasks in the deal
     * @param bulk the datasets of this task's slice, for bulk processing
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Task(
            Optional<Framework> framework,
            String tag,
            String chainTaskId,
            String dealId,
            int index,
            Status status,
            App app,
            Optional<Dataset> dataset,
            String requester,
            String beneficiary,
            String workerpoolOwner,
            String worker,
            String callback,
            String params,
            int botFirst,
            int botSize,
            List<BulkOrder> bulk) {
        /** Takes an unmodifiable copy. */
        public Task {
            present("tag", tag);
            present("chainTaskId", chainTaskId);
            present("dealId", dealId);
            present("status", status);
            present("app", app);
            present("requester", requester);
            present("beneficiary", beneficiary);
            present("workerpoolOwner", workerpoolOwner);
            present("worker", worker);
            present("callback", callback);
            present("params", params);
            bulk = List.copyOf(present("bulk", bulk));
        }
    }

    /** What the chain says of a task, and time. */
    public enum Status {
        /** The deal has it, nobody initialised it. */
        UNSET,
        /** May be worked on. */
        ACTIVE,
        /** Its contribution deadline is past, on chain it is still active. */
        EXPIRED,
        /** Over. */
        COMPLETED
    }

    /**
     * An application.
     *
     * @param multiaddr the image as text
     * @param configuration the text of {@code mrenclave}, may be empty
     */
    public record App(String address, String owner, String multiaddr, String checksum, String configuration) {
        public App {
            present("app.address", address);
            present("app.owner", owner);
            present("app.multiaddr", multiaddr);
            present("app.checksum", checksum);
            present("app.configuration", configuration);
        }
    }

    /**
     * A dataset.
     *
     * @param url the multiaddress as text
     */
    public record Dataset(String address, String owner, String url, String checksum) {
        public Dataset {
            present("dataset.address", address);
            present("dataset.owner", owner);
            present("dataset.url", url);
            present("dataset.checksum", checksum);
        }
    }

    /**
     * One order of a slice.
     *
     * @param usable whether the chain accepts it for the deal
     */
    public record BulkOrder(Dataset dataset, boolean usable) {
        public BulkOrder {
            present("bulk[].dataset", dataset);
        }
    }

    /**
     * What a store's inspection endpoint tells of one request: the answer to {@code GET} is an array of these, oldest
     * first.
     *
     * @param method such as {@code POST}
     * @param path with its query
     * @param headers names in lower case
     * @param body as text
     * @param clientCertificate whether the client proved itself with one
     */
    public record Posted(
            String method, String path, Map<String, String> headers, String body, boolean clientCertificate) {
        /** Takes an unmodifiable copy. */
        public Posted {
            present("method", method);
            present("path", path);
            present("body", body);
            headers = Map.copyOf(present("headers", headers));
        }

        /** @throws JacksonException when the text is something else */
        public static List<Posted> readAll(String json) {
            return List.of(JSON.readValue(json, Posted[].class));
        }

        /** As the inspection endpoint answers. */
        public static String writeAll(List<Posted> posted) {
            return JSON.writeValueAsString(posted);
        }
    }

    /** The wallet of this role. */
    public Wallet wallet(String name) {
        return wallets.stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .map(Account::wallet)
                .orElseThrow(() -> new NoSuchElementException("the scenario has no wallet named " + name));
    }

    /** The wallet with this address, in any case. */
    public Wallet walletOf(String address) {
        return wallets.stream()
                .filter(account -> account.address().equalsIgnoreCase(address))
                .findFirst()
                .map(Account::wallet)
                .orElseThrow(() -> new NoSuchElementException("the scenario has no key for " + address));
    }

    /** The task of this name; absent in a scenario of another kind. */
    public Optional<Task> task(String name) {
        return Optional.ofNullable(tasks.get(name));
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is no scenario; the message says what is wrong
     */
    public static ScenarioFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return JSON.readValue(bytes, ScenarioFile.class);
        } catch (JacksonException wrong) {
            throw new IOException(
                    file + " is no scenario (" + FORMAT + "): " + wrong.getOriginalMessage()
                            + "; ./sms testbed writes one",
                    wrong);
        }
    }

    /** Writes the file, tasks sorted by name. */
    public void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }

    private static <T> T present(String member, T value) {
        if (value == null) {
            throw new IllegalArgumentException("member " + member + " is missing");
        }
        return value;
    }
}
