package io.attested.sms.boot;

import io.attested.sms.chain.rpc.HeadSubscription;
import io.attested.sms.chain.rpc.NodeSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node as configured.
 *
 * @param settings how it is talked to
 * @param heads where its heads are subscribed to, if anywhere
 */
record ChainNode(NodeSettings settings, Optional<HeadSubscription.Settings> heads) {
    /** Short enough for a label, and no place for credentials. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** A connection on which no head comes for so long is taken for dead; most chains tell several a minute. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * All nodes, in the order of the settings.
     *
     * @throws StartRefused when there is none, or one of them cannot be used
     */
    static List<ChainNode> all(SmsSettings.Chain chain) {
        List<SmsSettings.Chain.Node> given = given(chain);
        List<NodeSettings> named = named(given);
        Set<String> names = new HashSet<>();
        List<ChainNode> nodes = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String key = key(given.size(), chain, i);
            SmsSettings.Chain.Node node = given.get(i);
            String name = Optional.ofNullable(node.name()).orElse(named.get(i).name());
            if (!NAME.matcher(name).matches()) {
                throw new StartRefused(key + " needs a name of 1 to 64 letters, digits, dots, colons, hyphens and"
                        + " underscores; it stands in logs and metrics, so it must hold no credentials");
            }
            if (!names.add(name)) {
                throw new StartRefused("sms.chain.nodes has two nodes with the name " + name
                        + "; give each a name of its own (sms.chain.nodes[].name)");
            }
            nodes.add(new ChainNode(settings(key, name, node, chain.timeout()), heads(key, name, node)));
        }
        return nodes;
    }

    private static List<SmsSettings.Chain.Node> given(SmsSettings.Chain chain) {
        @Nullable URI single = chain.node();
        if (single == null && chain.nodes().isEmpty()) {
            throw new StartRefused("sms.chain.nodes is not set; expected at least sms.chain.nodes[0].url, the HTTP URL"
                    + " of a JSON-RPC node, or sms.chain.node for a single one");
        }
        if (single == null) {
            return chain.nodes();
        }
        if (!chain.nodes().isEmpty()) {
            throw new StartRefused(
                    "sms.chain.node and sms.chain.nodes are both set; put every node into" + " sms.chain.nodes");
        }
        return List.of(new SmsSettings.Chain.Node(single, null, null, null));
    }

    private static String key(int count, SmsSettings.Chain chain, int index) {
        return count == 1 && chain.nodes().isEmpty() ? "sms.chain.node" : "sms.chain.nodes[" + index + "]";
    }

    /** Two nodes at one URL would be one node that agrees with itself. */
    private static List<NodeSettings> named(List<SmsSettings.Chain.Node> given) {
        List<URI> urls = given.stream().map(SmsSettings.Chain.Node::url).toList();
        if (urls.stream().map(ChainNode::place).distinct().count() < urls.size()) {
            throw new StartRefused("sms.chain.nodes names one URL twice, which would be one node that agrees with"
                    + " itself; use nodes of different operators");
        }
        for (int i = 0; i < urls.size(); i++) {
            String scheme = urls.get(i).getScheme();
            if (urls.get(i).getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw new StartRefused("the URL of node " + (i + 1) + " (sms.chain.node, sms.chain.nodes[" + i
                        + "].url) is no http or https URL that names a host");
            }
        }
        return NodeSettings.named(urls);
    }

    /** Where a URL leads, whatever its spelling; credentials and a query do not make another node of it. */
    private static String place(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : ("https".equals(scheme) ? HTTPS : HTTP);
        String path = String.valueOf(url.getPath()).replaceAll("/+$", "");
        return String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port + path;
    }

    private static NodeSettings settings(String key, String name, SmsSettings.Chain.Node node, Duration timeout) {
        Duration spacing = Optional.ofNullable(node.spacing()).orElse(Duration.ZERO);
        if (spacing.isNegative() || spacing.compareTo(timeout) >= 0) {
            throw new StartRefused(key + ".spacing is " + spacing + ", expected less than sms.chain.timeout, because"
                    + " the wait for a node's turn is part of it");
        }
        return NodeSettings.of(name, node.url()).withTimeout(timeout).withSpacing(spacing);
    }

    private static Optional<HeadSubscription.Settings> heads(String key, String name, SmsSettings.Chain.Node node) {
        return Optional.ofNullable(node.heads()).map(url -> {
            if (url.getHost() == null || !("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))) {
                throw new StartRefused(key + ".heads is no ws or wss URL that names a host");
            }
            return HeadSubscription.Settings.of(name, url, SILENCE);
        });
    }
}
