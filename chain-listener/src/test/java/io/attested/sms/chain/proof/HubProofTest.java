package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.testbed.Wallet;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;

/** Where PoCo 6.1 keeps owners, registries, orders and the hub's own code: what its views say is proven by its storage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubProofTest {
    private static final String ORDERS_MATCHED =
            Hash.sha3String("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)");

    private ProofScene scene;
    private String snapshot = "";

    @BeforeAll
    void deploy() {
        scene = ProofScene.open();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @BeforeEach
    void remember() {
        snapshot = scene.chain().snapshot();
    }

    @AfterEach
    void forget() {
        scene.chain().revert(snapshot);
    }

    @Test
    void anOwnerIsProvenUntilTheSaleAndTheBuyerFromThenOn() {
        Address dataset = Address.parse(
                scene.scenario().createDataset(Wallet.DATASET_OWNER, ProofScene.IPFS, ProofScene.CHECKSUM));
        Registry registry = Registry.current(
                Registry.Kind.DATASET, Address.parse(scene.poco().datasetRegistry()));
        Fact.OwnerFact seller = new Fact.OwnerFact(dataset, registry, ProofScene.address(Wallet.DATASET_OWNER));
        Fact.OwnerFact buyer = new Fact.OwnerFact(dataset, registry, ProofScene.address(Wallet.STRANGER));
        BlockRef before = scene.node().head();

        scene.scenario().transferDataset(dataset.value(), Wallet.DATASET_OWNER, Wallet.STRANGER);

        BlockRef after = scene.node().head();
        scene.assertProven(before, seller);
        scene.assertProven(after, buyer);
        assertThat(scene.node().prove(before, buyer))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "dataset.owner", Wallet.STRANGER.address(), "not " + Wallet.STRANGER.address()));
        assertThat(scene.node().prove(after, seller)).isInstanceOf(ProofVerdict.Contradicted.class);
    }

    @Test
    void theOwnerOfAWorkerpoolIsProven() {
        Address pool = Address.parse(scene.scenario().createWorkerpool());
        Registry registry = Registry.current(
                Registry.Kind.WORKERPOOL, Address.parse(scene.poco().workerpoolRegistry()));

        scene.assertProven(
                scene.node().head(), new Fact.OwnerFact(pool, registry, ProofScene.address(Wallet.WORKERPOOL_OWNER)));
    }

    @Test
    void anAssetOfAFormerRegistryIsProvenOverThePathFromTheHub() {
        Address app = Address.parse(scene.scenario().createApp("fingerprint"));
        Address former = Address.parse(scene.poco().appRegistry());
        Address present = Address.parse(scene.poco().datasetRegistry());
        Hub hub = new Hub(scene.hub());
        scene.node().write(hub.address(), hub.registry(Registry.Kind.APP).slot(), Word.of(present));
        scene.node()
                .write(
                        present,
                        Word.of(14),
                        Bytes32.parse(
                                "0x" + "00".repeat(11) + "01" + former.value().substring(2)));
        Fact.AppFact direct = scene.node().app(app, scene.node().head());

        assertThat(scene.node().address(present, "previous()", "", scene.node().head()))
                .isEqualTo(former);
        assertThat(scene.node().prove(scene.node().head(), direct))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "hub.appRegistry",
                        Word.of(former).value(),
                        Word.of(present).value()));
        Fact.OwnerFact overThePath =
                new Fact.OwnerFact(app, new Registry(Registry.Kind.APP, List.of(present, former)), direct.owner());
        scene.assertProven(scene.node().head(), overThePath);
        Registry wrong = new Registry(Registry.Kind.APP, List.of(present, app, former));
        assertThat(wrong.endingAt(app)).contains(new Registry(Registry.Kind.APP, List.of(present, app)));
        assertThat(wrong.endingAt(Address.ZERO)).isEmpty();
        assertThat(scene.node().prove(scene.node().head(), new Fact.OwnerFact(app, wrong, direct.owner())))
                .isInstanceOfSatisfying(
                        ProofVerdict.Contradicted.class,
                        refusal -> assertThat(refusal.value()).isEqualTo("hub.appRegistry.previous"));
    }

    @Test
    void whatIsUsedOfAnOrderAndWhoPresignedItIsProven() {
        Address hub = scene.hub();
        scene.task(3, "");
        JsonNode logs = scene.node()
                .call(
                        "eth_getLogs",
                        Map.of("fromBlock", "0x0", "address", hub.value(), "topics", List.of(ORDERS_MATCHED)));
        String data = logs.get(logs.size() - 1).get("data").asString();
        Bytes32 appOrder = Bytes32.parse("0x" + data.substring(66, 130));
        BlockRef head = scene.node().head();

        assertThat(scene.node()
                        .address(hub, "viewConsumed(bytes32)", appOrder.value().substring(2), head))
                .isEqualTo(Address.parse("0x" + "0".repeat(39) + "3"));
        scene.assertProven(head, new Fact.ConsumedFact(appOrder, BigInteger.valueOf(3)));
        scene.assertProven(head, new Fact.ConsumedFact(Bytes32.ZERO, BigInteger.ZERO));
        assertThat(scene.node().prove(head, new Fact.ConsumedFact(appOrder, BigInteger.ONE)))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "order.consumed", Word.of(1).value(), Word.of(3).value()));

        Place presigned = new Hub(hub).presigned(appOrder);
        scene.node().write(hub, presigned.slot(), Word.of(ProofScene.address(Wallet.STRANGER)));
        assertThat(scene.node()
                        .address(
                                hub,
                                "viewPresigned(bytes32)",
                                appOrder.value().substring(2),
                                scene.node().head()))
                .isEqualTo(ProofScene.address(Wallet.STRANGER));
        scene.assertProven(scene.node().head(), new Fact.PresignedFact(appOrder, ProofScene.address(Wallet.STRANGER)));
        assertThat(scene.node().prove(scene.node().head(), new Fact.PresignedFact(appOrder, Address.ZERO)))
                .isInstanceOf(ProofVerdict.Contradicted.class);
    }

    @Test
    void theFacetsOfTheHubAndTheirCodeAreProven() {
        Address hub = scene.hub();
        for (String view : List.of(
                "viewTaskABILegacy(bytes32)",
                "viewDeal(bytes32)",
                "viewCategory(uint256)",
                "viewApp(address)",
                "viewDataset(address)",
                "diamondCut((address,uint8,bytes4[])[],address,bytes)")) {
            String selector = Hash.sha3String(view).substring(2, 10);
            Address facet = scene.node()
                    .address(
                            hub,
                            "facetAddress(bytes4)",
                            selector + "0".repeat(56),
                            scene.node().head());
            assertThat(facet.isZero()).isFalse();
            scene.assertProven(
                    scene.node().head(),
                    Fact.FacetFact.of(view, facet),
                    new Fact.CodeFact(facet, scene.node().codeHash(facet)),
                    new Fact.CodeFact(hub, scene.node().codeHash(hub)));
            assertThat(scene.node()
                            .prove(scene.node().head(), Fact.FacetFact.of(view, ProofScene.address(Wallet.STRANGER))))
                    .isEqualTo(new ProofVerdict.Contradicted(
                            "hub.facet",
                            Word.of(ProofScene.address(Wallet.STRANGER)).value(),
                            Word.of(facet).value()));
        }
        scene.assertProven(scene.node().head(), Fact.FacetFact.of("noSuchFunction()", Address.ZERO));
        assertThat(scene.node().prove(scene.node().head(), new Fact.CodeFact(hub, Bytes32.ZERO)))
                .isEqualTo(new ProofVerdict.Contradicted(
                        "code", Bytes32.ZERO.value(), scene.node().codeHash(hub).value()));
        assertThat(scene.node()
                        .prove(
                                scene.node().head(),
                                new Fact.CodeFact(Address.parse("0x" + "77".repeat(20)), Bytes32.ZERO)))
                .isEqualTo(new ProofVerdict.Contradicted("code", Bytes32.ZERO.value(), "no account"));
    }
}
