package io.attested.sms.bench.conformance.report;

import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Verdict;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run as a JSON document, form {@value #FORMAT}; docs/reference/conformance.md lists its members. */
public final class JsonReport {
    /** The first member of every document. */
    public static final String FORMAT = "sms-conformance/1";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /** The document. */
    public static String of(Report report) {
        ObjectNode document = JSON.createObjectNode();
        document.put("format", FORMAT);
        document.put("url", report.url().toString());
        report.scenario().ifPresent(scenario -> document.put("scenario", scenario));
        document.put("started", report.started().toString());
        document.put("millis", report.took().toMillis());
        document.put("exchanges", report.exchanges());
        ObjectNode counts = document.putObject("counts");
        report.counts().forEach((word, count) -> counts.put(word.toLowerCase(java.util.Locale.ROOT), count));
        ObjectNode deviations = document.putObject("deviations");
        report.deviations().forEach(deviations::put);
        var checks = document.putArray("checks");
        report.played().forEach(one -> put(checks.addObject(), one));
        return JSON.writeValueAsString(document);
    }

    private static void put(ObjectNode check, Played one) {
        check.put("id", one.check().id());
        check.put("section", one.check().section());
        check.put("statement", one.check().statement());
        check.put("outcome", one.verdict().word().toLowerCase(java.util.Locale.ROOT));
        if (one.verdict() instanceof Verdict.Deviation deviation) {
            check.put("deviation", deviation.id());
        }
        check.put("expected", Report.expected(one));
        check.put(one.verdict() instanceof Verdict.Skipped ? "reason" : "seen", Report.seen(one.verdict()));
        check.put("millis", one.took().toMillis());
    }
}
