package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.DatasetOffer;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.standin.IpfsStandIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Lists of signed dataset orders at the gateway, for deals of one task. */
final class Bulks {
    private final Scenario story;
    private final Cast cast;
    private final Assets assets;
    private final IpfsStandIn ipfs;

    Bulks(Scenario story, Cast cast, Assets assets, IpfsStandIn ipfs) {
        this.story = story;
        this.cast = cast;
        this.assets = assets;
        this.ipfs = ipfs;
    }

    /**
     * A list.
     *
     * @param params of the deal
     * @param orders of the slice of the deal's first task
     */
    record Bulk(String params, List<ScenarioFile.BulkOrder> orders) {}

    /** So many new datasets, each offered by its owner. */
    Bulk usable(Framework framework, String name, int size) {
        List<DatasetOffer> offers = new ArrayList<>();
        List<ScenarioFile.BulkOrder> orders = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            ScenarioFile.Dataset dataset = assets.dataset(name + "-" + i);
            offers.add(offered(framework, dataset, cast.the("datasetOwner")));
            orders.add(new ScenarioFile.BulkOrder(dataset, true));
        }
        return bulk(offers, orders);
    }

    /** Two new datasets, of which the second is offered by a stranger. */
    Bulk withAForgedOne(Framework framework, String name) {
        ScenarioFile.Dataset good = assets.dataset(name + "-1");
        ScenarioFile.Dataset forged = assets.dataset(name + "-2");
        return bulk(
                List.of(
                        offered(framework, good, cast.the("datasetOwner")),
                        offered(framework, forged, cast.the("stranger"))),
                List.of(new ScenarioFile.BulkOrder(good, true), new ScenarioFile.BulkOrder(forged, false)));
    }

    /** A list that is an object. */
    Bulk noList() {
        return new Bulk(params(ipfs.addJson(Map.of("orders", 1))), List.of());
    }

    /** A list nobody has: the CID is well formed, and the gateway has nothing of that name. */
    Bulk lost() {
        return new Bulk(params(Assets.EMPTY_FOLDER_CID), List.of());
    }

    private DatasetOffer offered(Framework framework, ScenarioFile.Dataset dataset, Wallet signer) {
        return story.sign(story.offer(dataset.address()).withTag(framework.tag().text()), signer);
    }

    private Bulk bulk(List<DatasetOffer> offers, List<ScenarioFile.BulkOrder> orders) {
        String slice = ipfs.addJson(offers.stream().map(DatasetOffer::json).toList());
        return new Bulk(params(ipfs.addJson(List.of(slice))), orders);
    }

    private static String params(String cid) {
        return JsonMapper.shared().writeValueAsString(Map.of("bulk_cid", cid));
    }
}
