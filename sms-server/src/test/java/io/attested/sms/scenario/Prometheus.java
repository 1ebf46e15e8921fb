package io.attested.sms.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counters as {@code GET /actuator/prometheus} shows them. */
final class Prometheus {
    private Prometheus() {}

    /** The counter with these labels, 0 when it is not there. */
    static long counter(RunningServer server, String nameAndLabels) {
        String page =
                server.get(server.nativeApi().resolve("/actuator/prometheus")).body();
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(nameAndLabels) + " ([0-9.E]+)$")
                .matcher(page);
        return line.find() ? (long) Double.parseDouble(line.group(1)) : 0;
    }

    /** All values of a meter whose labels hold this one, added up; 0 when there is none. */
    static long sum(RunningServer server, String name, String label) {
        String page =
                server.get(server.nativeApi().resolve("/actuator/prometheus")).body();
        return Pattern.compile("(?m)^" + Pattern.quote(name) + "\\{([^}]*)} ([0-9.E]+)$")
                .matcher(page)
                .results()
                .filter(line -> line.group(1).contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.group(2)))
                .sum();
    }
}
