package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A task of a deal that PoCo Boost matched: the hub knows the deal only, so its authorisation has to name it. */
class BoostedDealTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ENCLAVE = "0x" + "5c".repeat(20);

    @Test
    void aBoostedTaskIsRefusedByItsNameWhenItsDealIsNamedOtherwiseAsUnknown(@TempDir Path folder) {
        try (ServedChain served = ServedChain.start(folder)) {
            MatchedDeal deal =
                    served.story().boost(served.story().terms(served.story().createApp("")));
            WorkerpoolAuthorization authorization = Asking.authorization(deal.taskId(0), ENCLAVE);

            assertThat(code(served.server(), authorization, Map.of("dealId", deal.dealId(), "taskIndex", 0)))
                    .isEqualTo("403 chain.boost-not-supported");
            assertThat(code(served.server(), authorization, Map.of("dealId", deal.dealId(), "taskIndex", 1)))
                    .isEqualTo("403 chain.task-not-active");
            assertThat(code(served.server(), authorization, Map.of())).isEqualTo("403 chain.task-not-active");
            assertThat(served.server()
                            .send(Asking.session(served.server().scone(), authorization))
                            .body())
                    .contains("EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED");
        }
    }

    private static String code(RunningServer server, WorkerpoolAuthorization authorization, Map<String, Object> deal) {
        Map<String, Object> body = Asking.nativeAsk(server, authorization, Asking.ask(authorization), Wallet.WORKER);
        Map<String, Object> members = Asking.members(authorization);
        members.putAll(deal);
        body.put("authorization", members);
        HttpResponse<String> answer =
                server.postJson(server.nativeApi().resolve("/v1/challenges"), JSON.writeValueAsString(body));
        return answer.statusCode() + " "
                + JSON.readTree(answer.body()).path("code").asString("");
    }
}
