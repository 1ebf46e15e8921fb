package io.attested.sms.operate.web;

import static io.attested.sms.http.api.Endpoint.Answer.body;
import static io.attested.sms.http.api.Endpoint.Answer.empty;
import static io.attested.sms.http.api.Endpoint.Answer.fault;

import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.ApiPart;
import io.attested.sms.http.api.Endpoint;
import io.attested.sms.http.api.Endpoint.Input;
import java.util.List;
import org.springframework.stereotype.Component;

/** Health and metrics. */
@Component
final class OperationCatalogue implements ApiCatalogue {
    private static final String ACTUATOR = "application/vnd.spring-boot.actuator.v3+json";

    @Override
    public ApiPart part() {
        return ApiPart.OPERATION;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(
                        "GET",
                        "/v1/health",
                        "Health in detail: chain, store, log, collateral",
                        body(
                                200,
                                "from memory; the members are those of the operator's page",
                                "application/json",
                                "{}")),
                Endpoint.of(
                        "GET",
                        "/actuator/health",
                        "Health in one word, as the original gives it",
                        body(503, "something that requests need is down", ACTUATOR, "{\"status\":\"DOWN\"}"),
                        body(200, "the service works", ACTUATOR, "{\"status\":\"UP\"}")),
                Endpoint.of("GET", "/actuator/health/**", "Parts of health: none is shown", empty(404, "always"))
                        .with(Input.path("path", "anything")),
                Endpoint.of(
                        "GET",
                        "/actuator/prometheus",
                        "Metrics, on server.port only",
                        fault(404, "the port is a framework's"),
                        body(
                                200,
                                "[metrics](metrics.md)",
                                "text/plain;version=0.0.4;charset=utf-8",
                                "sms_pushes_total 0")),
                Endpoint.of(
                        "GET", "/actuator", "Links to the above", body(200, "always", ACTUATOR, "{\"_links\":{}}")));
    }
}
