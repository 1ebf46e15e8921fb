package io.attested.sms.chain.checked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrderFacts;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.contracts.testbed.DatasetOffer;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.Wallet;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders of bulk deals as the hub of PoCo 6.1 judges them. */
@TestInstance(Lifecycle.PER_CLASS)
class DatasetOrdersTest {
    private static final String URL = "http://127.0.0.1/data";

    private final CheckedScene scene = new CheckedScene();
    private final DealTerms terms = scene.scenario.terms(scene.scenario.createApp(CheckedScene.FINGERPRINT));
    private final Bytes32 deal = Bytes32.parse(scene.scenario.match(terms).dealId());
    private final Bytes32 task = Bytes32.parse(scene.scenario.initialize(deal.value(), 0));

    @AfterAll
    void stop() {
        scene.close();
    }

    private String dataset() {
        return scene.scenario.createDataset(URL, CheckedScene.CHECKSUM);
    }

    private DatasetOffer good() {
        return scene.scenario.sign(scene.scenario.offer(dataset()), Wallet.DATASET_OWNER);
    }

    private static DatasetOrder order(DatasetOffer offer) {
        return new DatasetOrder(
                Address.parse(offer.dataset()),
                BigInteger.ZERO,
                offer.volume(),
                Bytes32.parse(offer.tag()),
                Address.parse(offer.appRestrict()),
                Address.parse(offer.workerpoolRestrict()),
                Address.parse(offer.requesterRestrict()),
                Bytes32.parse(offer.salt()),
                RegisteredBytes.of(HexFormat.of()
                        .parseHex(offer.signature(), 2, offer.signature().length())));
    }

    private DatasetOrdersLookup.Judged judged(CheckedChain chain, Bytes32 dealId, List<DatasetOffer> offers) {
        TaskFacts facts = CheckedScene.found(chain.task(task));
        DatasetOrdersLookup lookup = chain.datasetOrders(
                dealId, offers.stream().map(DatasetOrdersTest::order).toList(), facts.provenance());
        assertThat(lookup).isInstanceOf(DatasetOrdersLookup.Judged.class);
        DatasetOrdersLookup.Judged judged = (DatasetOrdersLookup.Judged) lookup;
        assertThat(judged.provenance().settled()).isEqualTo(facts.settled());
        assertThat(judged.provenance().head()).isEqualTo(facts.head());
        return judged;
    }

    private List<DatasetOrderFacts> judged(List<DatasetOffer> offers) {
        scene.chain.mine(CheckedScene.DEPTH);
        try (CheckedChain chain = scene.open(scene.settings())) {
            return judged(chain, deal, offers).orders();
        }
    }

    @Test
    void ordersWhenOneFitsAndOthersDoNotThenEachIsJudgedForItself() {
        String dataset = dataset();
        DatasetOffer fits = scene.scenario.sign(scene.scenario.offer(dataset), Wallet.DATASET_OWNER);
        String stranger = Wallet.STRANGER.address();
        List<DatasetOffer> others = List.of(
                scene.scenario.sign(scene.scenario.offer(dataset), Wallet.STRANGER),
                fits.withVolume(BigInteger.TEN),
                fits.withSignature("0x"),
                scene.scenario.sign(scene.scenario.offer(dataset).withApp(stranger), Wallet.DATASET_OWNER),
                scene.scenario.sign(scene.scenario.offer(dataset).withWorkerpool(stranger), Wallet.DATASET_OWNER),
                scene.scenario.sign(scene.scenario.offer(dataset).withRequester(stranger), Wallet.DATASET_OWNER),
                scene.scenario.sign(
                        scene.scenario.offer(dataset).withTag("0x" + "0".repeat(61) + "103"), Wallet.DATASET_OWNER));
        List<DatasetOffer> restricted = List.of(scene.scenario.sign(
                scene.scenario
                        .offer(dataset)
                        .withApp(terms.app())
                        .withWorkerpool(terms.workerpool())
                        .withRequester(terms.requester().address()),
                Wallet.DATASET_OWNER));

        List<DatasetOrderFacts> facts = judged(concat(List.of(fits), others, restricted));

        Address owner = Address.parse(Wallet.DATASET_OWNER.address());
        Dataset registered = new Dataset(Address.parse(dataset), owner, URL, Bytes32.of(CheckedScene.CHECKSUM));
        assertThat(facts).allSatisfy(fact -> {
            assertThat(fact.dataset()).contains(registered);
            assertThat(fact.ownerAtHead()).contains(owner);
        });
        assertThat(facts)
                .extracting(DatasetOrderFacts::acceptedAtSettled)
                .containsExactly(true, false, false, false, false, false, false, false, true);
        assertThat(facts)
                .extracting(DatasetOrderFacts::acceptedAtHead)
                .containsExactly(true, false, false, false, false, false, false, false, true);
    }

    @SafeVarargs
    private static List<DatasetOffer> concat(List<DatasetOffer>... lists) {
        return Arrays.stream(lists).flatMap(List::stream).toList();
    }

    @Test
    void orderWhenDatasetIsNoneOfTheHubThenNothingIsAskedOfIt() {
        List<DatasetOffer> offers = List.of(
                scene.scenario.sign(scene.scenario.offer(Wallet.STRANGER.address()), Wallet.STRANGER),
                scene.scenario.sign(scene.scenario.offer(scene.scenario.deployHostile(1)), Wallet.STRANGER),
                scene.scenario.sign(scene.scenario.offer(terms.app()), Wallet.APP_DEVELOPER));

        assertThat(judged(offers))
                .containsExactlyElementsOf(Collections.nCopies(
                        3, new DatasetOrderFacts(Optional.empty(), false, false, Optional.empty())));
    }

    @Test
    void orderWhenMultiaddressIsVeryLongThenNoDataset() {
        String shortEnough = scene.scenario.createDataset("x".repeat(1000), CheckedScene.CHECKSUM);
        String tooLong = scene.scenario.createDataset("x".repeat(1100), CheckedScene.CHECKSUM);

        List<DatasetOrderFacts> facts = judged(List.of(
                scene.scenario.sign(scene.scenario.offer(shortEnough), Wallet.DATASET_OWNER),
                scene.scenario.sign(scene.scenario.offer(tooLong), Wallet.DATASET_OWNER)));

        assertThat(facts.getFirst().dataset()).isPresent();
        assertThat(facts.getLast().dataset()).isEmpty();
        assertThat(facts.getLast().acceptedAtHead()).isTrue();
    }

    @Test
    void orderWhenClosedOrSoldAfterTheSettledBlockThenTheHeadVetoes() {
        DatasetOffer closed = good();
        DatasetOffer sold = good();
        scene.chain.mine(CheckedScene.DEPTH);
        scene.scenario.close(closed, Wallet.DATASET_OWNER);
        scene.scenario.transferDataset(sold.dataset(), Wallet.DATASET_OWNER, Wallet.STRANGER);

        try (CheckedChain chain = scene.open(scene.settings())) {
            List<DatasetOrderFacts> facts =
                    judged(chain, deal, List.of(closed, sold)).orders();

            assertThat(facts).extracting(DatasetOrderFacts::acceptedAtSettled).containsExactly(true, true);
            assertThat(facts).extracting(DatasetOrderFacts::acceptedAtHead).containsExactly(false, false);
            assertThat(facts.getLast().dataset().map(Dataset::owner))
                    .contains(Address.parse(Wallet.DATASET_OWNER.address()));
            assertThat(facts.getLast().ownerAtHead()).contains(Address.parse(Wallet.STRANGER.address()));
        }
    }

    @Test
    void orderWhenDealHasADatasetOfItsOwnOrDoesNotExistThenNotAccepted() {
        DatasetOffer offer = good();
        Bytes32 withDataset =
                Bytes32.parse(scene.scenario.match(terms.withDataset(dataset())).dealId());
        scene.chain.mine(CheckedScene.DEPTH);
        try (CheckedChain chain = scene.open(scene.settings())) {
            for (Bytes32 other : List.of(withDataset, Bytes32.of(new byte[32]))) {
                DatasetOrderFacts facts =
                        judged(chain, other, List.of(offer)).orders().getFirst();
                assertThat(facts.dataset()).isPresent();
                assertThat(facts.acceptedAtSettled()).isFalse();
            }
            assertThat(judged(chain, deal, List.of(offer)).orders().getFirst().acceptedAtSettled())
                    .isTrue();
        }
    }

    @Test
    void orderWhenOwnerIsAContractWalletThenItsWordCounts() {
        String dataset = dataset();
        scene.scenario.transferDataset(
                dataset, Wallet.DATASET_OWNER, scene.scenario.deployWallet(Wallet.DATASET_OWNER));

        List<DatasetOrderFacts> facts = judged(List.of(
                scene.scenario.sign(scene.scenario.offer(dataset), Wallet.DATASET_OWNER),
                scene.scenario.sign(scene.scenario.offer(dataset), Wallet.STRANGER)));

        assertThat(facts).extracting(DatasetOrderFacts::acceptedAtSettled).containsExactly(true, false);
    }

    @ParameterizedTest
    @EnumSource(TrustLevel.class)
    void hundredOrdersAreOneExchangeAndTheWordOfTheNodes(TrustLevel level) {
        DatasetOffer offer = good();
        DatasetOffer bad = offer.withSignature("0x");
        scene.chain.mine(CheckedScene.DEPTH);
        List<DatasetOffer> offers =
                concat(Collections.nCopies(57, offer), List.of(bad), Collections.nCopies(42, offer));
        int of = level == TrustLevel.SINGLE_NODE ? 1 : 3;
        try (CheckedChain chain = scene.open(scene.settings(of, of == 1 ? 1 : 2, level))) {
            var at = CheckedScene.found(chain.task(task)).provenance();
            scene.nodes.getFirst().resetCounts();
            chain.datasetOrders(
                    deal, offers.stream().map(DatasetOrdersTest::order).toList(), at);
            assertThat(scene.nodes.getFirst().roundTrips()).isEqualTo(1);

            DatasetOrdersLookup.Judged judged = judged(chain, deal, offers);

            assertThat(judged.orders()).hasSize(100);
            assertThat(judged.orders().get(57).acceptedAtHead()).isFalse();
            assertThat(judged.orders())
                    .filteredOn(DatasetOrderFacts::acceptedAtSettled)
                    .hasSize(99);
            assertThat(judged.provenance().level())
                    .isEqualTo(level == TrustLevel.SINGLE_NODE ? level : TrustLevel.QUORUM);
        }
    }

    @Test
    void moreThanAHundredOrNoOrdersAreNoQuestion() {
        DatasetOrder order = order(scene.scenario.offer(terms.app()));
        scene.chain.mine(CheckedScene.DEPTH);
        try (CheckedChain chain = scene.open(scene.settings())) {
            var at = CheckedScene.found(chain.task(task)).provenance();
            assertThatThrownBy(() -> chain.datasetOrders(deal, List.of(), at))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> chain.datasetOrders(deal, Collections.nCopies(101, order), at))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ordersWhenOneOfThreeNodesLiesThenTheOthersAreBelievedAndWhenTwoDifferThenNothing() {
        DatasetOffer offer = good();
        scene.chain.mine(CheckedScene.DEPTH);
        Address owner = Address.parse(Wallet.DATASET_OWNER.address());
        try (CheckedChain chain = scene.open(scene.settings())) {
            var at = CheckedScene.found(chain.task(task)).provenance();
            scene.nodes.get(0).misbehave(Lies.owner(owner, Address.parse(Wallet.STRANGER.address())));
            assertThat(judged(chain, deal, List.of(offer)).orders().getFirst().ownerAtHead())
                    .contains(owner);

            scene.nodes.get(1).misbehave(Lies.owner(owner, Address.parse(Wallet.REQUESTER.address())));
            assertThat(chain.datasetOrders(deal, List.of(order(offer)), at))
                    .isInstanceOfSatisfying(
                            DatasetOrdersLookup.Unavailable.class,
                            unavailable ->
                                    assertThat(unavailable.failure().kind()).isEqualTo(Kind.DISAGREEMENT));
        } finally {
            scene.allBehave();
        }
    }
}
