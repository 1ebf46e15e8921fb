package io.attested.sms.boot;

import io.attested.sms.operate.store.Realm;
import io.attested.sms.task.TeeFramework;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The service's settings, prefix {@code sms}. Every key is described in {@code docs/reference/configuration.md}.
 *
 * @param realm {@code dev} or {@code production}; no default, because it decides which evidence is believed
 */
@ConfigurationProperties("sms")
public record SmsSettings(
        Realm realm,
        Chain chain,
        Store store,
        @DefaultValue Iexec iexec,
        @DefaultValue Tee tee,
        @DefaultValue Attestation attestation,
        @DefaultValue Release release,
        @DefaultValue Measurements measurements) {
    public SmsSettings {
        StartRefused.whenMissing("sms.realm", realm, "dev or production; it decides which evidence is believed");
        StartRefused.whenMissing("sms.chain", chain, "sms.chain.nodes, sms.chain.id and sms.chain.hub");
        StartRefused.whenMissing("sms.store", store, "sms.store.folder, where everything durable lies");
    }

    /**
     * Which chain, through which nodes, and how they are believed.
     *
     * @param node HTTP URL of the JSON-RPC node, short for one entry of {@code nodes}
     * @param nodes the nodes, each operated by somebody else
     * @param agreement how many nodes must agree; absent: the smallest majority
     * @param trust {@code single-node}, {@code quorum} or {@code proof}; {@code single-node} must be written out in
     *     production
     * @param id chain id every node must report
     * @param hub address of the PoCo hub
     * @param hubCodeHash keccak256 the hub's code must have, if it is to be pinned
     * @param settledBy which blocks count as settled
     * @param depth blocks under the head at which a block counts as settled, for {@code settledBy} depth; 0 in the dev
     *     realm only
     * @param timeout of one exchange with a node
     * @param settleWait how long a session request waits for its task to settle
     * @param maxHeadAge a head older than this is an outage; absent: ten minutes in production, unlimited in dev
     * @param maxSettledAge a settled block older than this is an outage; absent: thirty minutes in production, unlimited
     *     in dev
     * @param maxSilence how long what is known of the chain counts after the nodes last told their head
     * @param poll between two questions for the head
     * @param window most blocks between the settled block and the head
     * @param logSpan most blocks to ask events of at once
     * @param remembered most tasks and most owners held in memory
     * @param bench how long a node that disagreed is not asked
     */
    public record Chain(
            @Nullable URI node,
            @DefaultValue List<Node> nodes,
            @Nullable Integer agreement,
            @Nullable String trust,
            long id,
            String hub,
            @Nullable String hubCodeHash,
            @DefaultValue("depth") SettledBy settledBy,
            @DefaultValue("12") int depth,
            @DefaultValue("5s") Duration timeout,
            @DefaultValue("30s") Duration settleWait,
            @Nullable Duration maxHeadAge,
            @Nullable Duration maxSettledAge,
            @DefaultValue("10s") Duration maxSilence,
            @DefaultValue("2s") Duration poll,
            @DefaultValue("8192") int window,
            @DefaultValue("2000") int logSpan,
            @DefaultValue("10000") int remembered,
            @DefaultValue("30s") Duration bench) {
        public Chain {
            StartRefused.whenMissing("sms.chain.hub", hub, "the address of the PoCo hub");
        }

        /** What settles a block. */
        public enum SettledBy {
            /** Blocks on top of it. */
            DEPTH,
            /** The consensus calls it safe. */
            SAFE,
            /** The consensus calls it final. */
            FINALIZED
        }

        /**
         * A node.
         *
         * @param url HTTP URL of its JSON-RPC; may carry credentials and is never printed
         * @param name for logs, metrics and health; absent: host and port, or {@code node-1}, {@code node-2}…
         * @param heads WebSocket URL to subscribe to its heads at
         * @param spacing least time between two exchanges, for a node with a rate limit
         */
        public record Node(
                URI url,
                @Nullable String name,
                @Nullable URI heads,
                @Nullable Duration spacing) {
            public Node {
                StartRefused.whenMissing("sms.chain.nodes[].url", url, "the HTTP URL of a JSON-RPC node");
            }
        }
    }

    /**
     * Where everything durable lies.
     *
     * @param folder holds the database; made with mode 0700 when it is missing
     * @param rootKeyFile the key that opens the store; keep it on another medium than the folder's backups
     * @param reserve space on the disk that pushes leave to grants and their log
     * @param namesPerOwner how many secrets one owner may push
     */
    public record Store(
            Path folder,
            @Nullable Path rootKeyFile,
            @DefaultValue("64MB") DataSize reserve,
            @DefaultValue("128") int namesPerOwner) {
        public Store {
            StartRefused.whenMissing("sms.store.folder", folder, "a folder of the service's own");
        }
    }

    /**
     * The wire API of the original.
     *
     * @param listeners one per framework
     * @param writesPerMinute how many POST and PUT requests one source address may make in a minute
     */
    public record Iexec(
            @DefaultValue List<Listener> listeners,
            @DefaultValue("6000") int writesPerMinute) {
        /**
         * A port that answers for one framework.
         *
         * @param port may be {@code server.port} itself
         */
        public record Listener(int port, TeeFramework framework) {}
    }

    /**
     * What tasks may ask for.
     *
     * @param pipelines versions an SGX app's configuration may name
     */
    public record Tee(@DefaultValue List<Pipeline> pipelines) {
        /** A version of the worker's pipeline. */
        public record Pipeline(String version) {}
    }

    /**
     * What evidence is judged by.
     *
     * @param trustRoot PEM file of a simulated root; in the dev realm only. Absent: Intel's root
     * @param policy evidence policy in JSON; absent: the recommended one
     */
    public record Attestation(
            @Nullable Path trustRoot,
            @Nullable Path policy,
            @DefaultValue Collateral collateral) {
        /**
         * Where the service's own collateral comes from.
         *
         * @param source {@code none}, {@code pcs} or the base URL of a PCCS
         * @param folder keeps fetched collateral over restarts; absent: memory only
         * @param bundle collateral from a file, read at start
         * @param platformsPerHour how many platform models may be new within an hour
         * @param timeout of one exchange with the source
         */
        public record Collateral(
                @DefaultValue("none") String source,
                @Nullable Path folder,
                @Nullable Path bundle,
                @DefaultValue("20") int platformsPerHour,
                @DefaultValue("5s") Duration timeout) {
            static final String NONE = "none";
            static final String PCS = "pcs";

            /** Whether the service judges with collateral of its own. */
            boolean isOwn() {
                return !source.equals(NONE) || bundle != null;
            }

            /** The source in one word, as health says it. */
            String word() {
                return switch (source) {
                    case NONE -> bundle == null ? "evidence" : "bundle";
                    case PCS -> PCS;
                    default -> "pccs";
                };
            }
        }
    }

    /**
     * The native release.
     *
     * @param provisioningUrl {@code host:port} that sessions name; absent: {@code localhost} and the server's port
     * @param perTaskAndHour challenges that one worker may redeem for one task within an hour
     */
    public record Release(
            @Nullable String provisioningUrl,
            @DefaultValue("10000") int perTaskAndHour) {}

    /**
     * Lists nobody signed.
     *
     * @param file its SHA-256 stands in every record
     */
    public record Measurements(@Nullable Path file) {}
}
