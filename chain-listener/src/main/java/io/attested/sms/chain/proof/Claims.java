package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What facts say about storage, in the order in which contradictions are reported. The numbers are offsets in slots within
 * the structs of {@code IexecLibCore_v5} and the contracts {@code App} and {@code Dataset} of PoCo 6.
 */
final class Claims {
    private final Hub hub;

    Claims(Hub hub) {
        this.hub = hub;
    }

    List<Claim> of(Fact fact) {
        return switch (fact) {
            case Fact.RightsFact rights -> rights(rights);
            case Fact.TaskFact(Task task) -> task(task);
            case Fact.LivenessFact liveness -> liveness(liveness);
            case Fact.NoTaskFact(var id) ->
                List.of(
                        hub.task(id).member("status", 0).is(TaskStatus.UNSET.ordinal()),
                        hub.task(id).member("dealId", 1).is(0));
            case Fact.DealFact(Deal deal) -> deal(deal);
            case Fact.SponsorFact(var id, var sponsor) ->
                List.of(hub.deal(id).member("sponsor", 21).is(sponsor));
            case Fact.CategoryFact(var category) ->
                List.of(hub.category(category.id())
                        .member("workClockTimeRef", 2)
                        .is(category.workClockTimeRef().toSeconds()));
            case Fact.AppFact app -> app(app);
            case Fact.DatasetFact dataset -> dataset(dataset);
            case Fact.OwnerFact(var asset, var registry, var owner) -> registry.claims(hub, asset, owner);
            case Fact.ConsumedFact(var order, var volume) ->
                List.of(hub.consumed(order).is(volume));
            case Fact.PresignedFact(var order, var signer) ->
                List.of(hub.presigned(order).is(signer));
            case Fact.FacetFact(int selector, Address facet) ->
                List.of(hub.facet(selector).isAmongOthers(facet));
            case Fact.CodeFact(var account, var codeHash) -> List.of(new Claim.Code("code", account, codeHash));
        };
    }

    private List<Claim> rights(Fact.RightsFact rights) {
        Place deal = hub.deal(rights.deal().id());
        List<Claim> claims = new ArrayList<>(task(rights.task()));
        claims.add(hub.task(rights.task().id())
                .member("dealId", 1)
                .is(rights.deal().id()));
        claims.addAll(deal(rights.deal()));
        claims.add(deal.member("app", 0).is(rights.app().address()));
        claims.add(deal.member("dataset", 3)
                .is(rights.dataset().map(Fact.DatasetFact::address).orElse(Address.ZERO)));
        claims.add(deal.member("category", 10).is(rights.category().id()));
        claims.addAll(of(new Fact.CategoryFact(rights.category())));
        claims.addAll(app(rights.app()));
        rights.dataset().ifPresent(dataset -> claims.addAll(dataset(dataset)));
        return claims;
    }

    private List<Claim> task(Task task) {
        Place place = hub.task(task.id());
        return List.of(
                place.member("status", 0).is(task.status().ordinal()),
                place.member("dealId", 1).is(task.dealId()),
                place.member("index", 2).is(task.index()),
                place.member("contributionDeadline", 4)
                        .is(task.contributionDeadline().getEpochSecond()),
                place.member("finalDeadline", 6).is(task.finalDeadline().getEpochSecond()));
    }

    private List<Claim> liveness(Fact.LivenessFact task) {
        Place place = hub.task(task.taskId());
        return List.of(
                place.member("status", 0).is(task.status().ordinal()),
                place.member("contributionDeadline", 4)
                        .is(task.contributionDeadline().getEpochSecond()));
    }

    private List<Claim> deal(Deal deal) {
        Place place = hub.deal(deal.id());
        List<Claim> claims = new ArrayList<>(assetOfADeal(place, "app", 0, deal.app()));
        deal.dataset()
                .ifPresentOrElse(
                        dataset -> claims.addAll(assetOfADeal(place, "dataset", 3, dataset)),
                        () -> claims.add(place.member("dataset", 3).is(Address.ZERO)));
        claims.addAll(assetOfADeal(place, "workerpool", 6, deal.workerpool()));
        claims.add(place.member("trust", 9).is(deal.trust()));
        claims.add(place.member("category", 10).is(deal.category()));
        claims.add(place.member("tag", 11).is(deal.tag()));
        claims.add(place.member("requester", 12).is(deal.requester()));
        claims.add(place.member("beneficiary", 13).is(deal.beneficiary()));
        claims.add(place.member("callback", 14).is(deal.callback()));
        claims.addAll(place.member("params", 15).are(utf8(deal.params())));
        claims.add(place.member("startTime", 16).is(deal.startTime().getEpochSecond()));
        claims.add(place.member("botFirst", 17).is(deal.botFirst()));
        claims.add(place.member("botSize", 18).is(deal.botSize()));
        return claims;
    }

    private static List<Claim> assetOfADeal(Place deal, String name, int offset, Asset asset) {
        return List.of(
                deal.member(name, offset).is(asset.address()),
                deal.member(name + ".owner", offset + 1).is(asset.ownerAtMatch()));
    }

    private List<Claim> app(Fact.AppFact app) {
        Place place = new Place("app", app.address(), Word.of(0));
        List<Claim> claims = new ArrayList<>(app.registry().claims(hub, app.address(), app.owner()));
        claims.addAll(place.member("type", 2).are(utf8(app.type())));
        claims.addAll(place.member("multiaddr", 3).are(app.multiaddr().bytes()));
        claims.add(place.member("checksum", 4).is(app.checksum()));
        claims.addAll(place.member("mrenclave", 5).are(app.mrenclave().bytes()));
        return claims;
    }

    private List<Claim> dataset(Fact.DatasetFact dataset) {
        Place place = new Place("dataset", dataset.address(), Word.of(0));
        List<Claim> claims = new ArrayList<>(dataset.registry().claims(hub, dataset.address(), dataset.owner()));
        claims.addAll(place.member("multiaddr", 2).are(dataset.multiaddr().bytes()));
        claims.add(place.member("checksum", 3).is(dataset.checksum()));
        return claims;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
