package io.attested.sms.chain.rpc;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One node and the limits of talking to it.
 *
 * @param name for logs, metrics and audit; never contains credentials
 * @param url HTTP URL of its JSON-RPC; may carry credentials and is never printed
 * @param timeout for one exchange, waiting for the node's pace included; positive
 * @param maxAnswerBytes cap on one HTTP answer in bytes, checked while reading; at least 1024
 * @param mostQuestions questions in one batch at first; halved when the node refuses a batch as too large; at least 1
 * @param spacing least time between two exchanges, for a node with a rate limit; zero for none
 */
public record NodeSettings(
        String name, URI url, Duration timeout, int maxAnswerBytes, int mostQuestions, Duration spacing) {
    /** Time allowed for one HTTP exchange unless told otherwise. */
    public static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(5);

    /** Size allowed for one HTTP answer unless told otherwise: 4 MiB. */
    public static final int STANDARD_MAX_ANSWER_BYTES = 4 << 20;

    /** Questions in one batch unless told otherwise: the limit of most public nodes is 100 or more. */
    public static final int STANDARD_MOST_QUESTIONS = 100;

    /** @throws IllegalArgumentException when a value is out of its range; the message does not print the URL */
    public NodeSettings {
        String scheme = url.getScheme();
        require("http".equals(scheme) || "https".equals(scheme), "the node must be an http or https URL");
        require(url.getHost() != null, "the node's URL must name a host");
        require(!name.isBlank() && !name.contains("://") && !name.contains("@"), "a node's name must be no URL");
        require(timeout.isPositive(), "the timeout must be positive");
        require(maxAnswerBytes >= 1024, "the cap on an answer must be at least 1024 bytes");
        require(mostQuestions >= 1, "a batch must have room for one question");
        require(!spacing.isNegative(), "the spacing must not be negative");
    }

    /** The standard limits. */
    public static NodeSettings of(String name, URI url) {
        return new NodeSettings(
                name, url, STANDARD_TIMEOUT, STANDARD_MAX_ANSWER_BYTES, STANDARD_MOST_QUESTIONS, Duration.ZERO);
    }

    /**
     * Nodes with the standard limits, in the order of the configuration. Each is called by host and port when these are
     * all different, otherwise {@code node-1}, {@code node-2} and so on: never by a path, a query or credentials.
     */
    public static List<NodeSettings> named(List<URI> urls) {
        List<String> hosts = urls.stream().map(NodeSettings::host).toList();
        boolean distinct = new HashSet<>(hosts).size() == hosts.size();
        return IntStream.range(0, urls.size())
                .mapToObj(i -> of(distinct ? hosts.get(i) : "node-" + (i + 1), urls.get(i)))
                .toList();
    }

    /** The same with another time limit. */
    public NodeSettings withTimeout(Duration other) {
        return new NodeSettings(name, url, other, maxAnswerBytes, mostQuestions, spacing);
    }

    /** The same with another cap on an answer. */
    public NodeSettings withMaxAnswerBytes(int other) {
        return new NodeSettings(name, url, timeout, other, mostQuestions, spacing);
    }

    /** The same with another least time between exchanges. */
    public NodeSettings withSpacing(Duration other) {
        return new NodeSettings(name, url, timeout, maxAnswerBytes, mostQuestions, other);
    }

    private static String host(URI url) {
        String host = String.valueOf(url.getHost());
        return url.getPort() < 0 ? host : host + ":" + url.getPort();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return "NodeSettings[" + name + "]";
    }
}
