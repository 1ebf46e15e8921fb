package io.attested.sms.bench.soak;

import io.attested.sms.chain.App;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.DealView;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What never changes of a deal and its assets, by name, so that both sides can be compared and differences told. */
final class Registered {
    private static final String NOBODY = "0x0000000000000000000000000000000000000000";

    private Registered() {}

    /** As the facts of a decision say. */
    static Map<String, String> of(TaskFacts facts) {
        Deal deal = facts.deal();
        App app = facts.app();
        Map<String, String> values = new TreeMap<>();
        values.put("app", deal.app().address().value());
        values.put("app owner at match", deal.app().ownerAtMatch().value());
        values.put(
                "dataset",
                deal.dataset().map(Asset::address).map(Object::toString).orElse(NOBODY));
        values.put("workerpool", deal.workerpool().address().value());
        values.put("workerpool owner at match", deal.workerpool().ownerAtMatch().value());
        values.put("tag", deal.tag().value());
        values.put("requester", deal.requester().value());
        values.put("beneficiary", deal.beneficiary().value());
        values.put("params", deal.params());
        values.put("app type", app.type());
        values.put("app checksum", app.checksum().value());
        values.put("mrenclave", HexFormat.of().formatHex(app.mrenclave().bytes()));
        values.put(
                "dataset checksum",
                facts.dataset().map(Dataset::checksum).map(Object::toString).orElse(""));
        return values;
    }

    /** As the contracts say, call by call. */
    static Map<String, String> of(DealView deal, AppView app, Optional<DatasetView> dataset) {
        HexFormat hex = HexFormat.of();
        Map<String, String> values = new TreeMap<>();
        values.put("app", deal.app().pointer());
        values.put("app owner at match", deal.app().owner());
        values.put("dataset", deal.dataset().pointer());
        values.put("workerpool", deal.workerpool().pointer());
        values.put("workerpool owner at match", deal.workerpool().owner());
        values.put("tag", "0x" + hex.formatHex(deal.tag()));
        values.put("requester", deal.requester());
        values.put("beneficiary", deal.beneficiary());
        values.put("params", deal.params());
        values.put("app type", app.type());
        values.put("app checksum", "0x" + hex.formatHex(app.checksum()));
        values.put("mrenclave", hex.formatHex(app.mrenclave()));
        values.put(
                "dataset checksum",
                dataset.map(data -> "0x" + hex.formatHex(data.checksum())).orElse(""));
        return values;
    }
}
