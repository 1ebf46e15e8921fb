package io.attested.sms.bench.sessions;

import io.attested.sms.bench.Machine;
import io.attested.sms.bench.sessions.SessionReport.Row;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All windows of one run, on one machine, one after the other.
 *
 * @param publishers where sessions go
 * @param delays round trips to the node, in milliseconds
 * @param connections how many ask at a time
 * @param window longest time of one measurement
 * @param warmUp time the service runs under load before it is measured
 * @param tasks tasks that are asked about for the first time in a measurement, at most
 */
record Measuring(
        List<Publisher> publishers,
        List<Integer> delays,
        List<Integer> connections,
        Duration window,
        Duration warmUp,
        int tasks) {
    private static final int WARM_CONNECTIONS = 16;

    /** @param folder for the stores of the services and the files they read */
    SessionReport run(Path folder, Consumer<String> progress) throws IOException {
        List<Row> rows = new ArrayList<>();
        progress.accept("a chain with " + tasks * (connections.size() + 1) + " tasks, and a request for each");
        try (Stage stage = Stage.set(folder, tasks * (connections.size() + 1))) {
            for (Publisher publisher : publishers) {
                for (int delay : delays) {
                    measure(stage, publisher, delay, rows, progress);
                }
            }
            if (!stage.cas().violations().isEmpty()) {
                throw new TestbedFailure("the CAS was sent what is no session: "
                        + stage.cas().violations().getFirst());
            }
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("seconds", window.toSeconds());
        settings.put("warmUpSeconds", warmUp.toSeconds());
        settings.put("tasks", tasks);
        return new SessionReport(Machine.here(), rows, settings);
    }

    private void measure(Stage stage, Publisher publisher, int delay, List<Row> rows, Consumer<String> progress)
            throws IOException {
        progress.accept(publisher.word() + ", node " + delay + " ms away");
        if (delay == 0) {
            measure(stage, publisher, delay, stage.node(), rows);
        } else {
            try (DelayedNode node = DelayedNode.before(stage.node(), Duration.ofMillis(delay))) {
                measure(stage, publisher, delay, node.url(), rows);
            }
        }
    }

    private void measure(Stage stage, Publisher publisher, int delay, URI node, List<Row> rows) throws IOException {
        try (Service service = stage.service(publisher, node)) {
            List<SessionAsk> warm = part(stage, 0);
            Load.once(service, warm, WARM_CONNECTIONS, warmUp.dividedBy(2));
            Load.again(service, warm, WARM_CONNECTIONS, warmUp.dividedBy(2));
            for (int i = 0; i < connections.size(); i++) {
                List<SessionAsk> asks = part(stage, i + 1);
                int at = connections.get(i);
                rows.add(new Row(publisher, delay, at, true, Load.once(service, asks, at, window)));
                rows.add(new Row(publisher, delay, at, false, Load.again(service, asks, at, window)));
            }
        }
    }

    private List<SessionAsk> part(Stage stage, int number) {
        return stage.asks().subList(number * tasks, (number + 1) * tasks);
    }
}
