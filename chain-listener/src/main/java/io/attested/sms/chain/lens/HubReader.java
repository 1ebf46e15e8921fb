package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.lens.HubAtBlock.Generation;
import io.attested.sms.chain.lens.HubAtBlock.Money;
import io.attested.sms.chain.lens.HubAtBlock.Registries;
import io.attested.sms.contracts.HubLensView;
import io.attested.sms.contracts.Part;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.web3j.crypto.Hash;

/**
 * Tells a PoCo hub from anything else: it has code, its three registries and categories answer, {@code viewTaskABILegacy}
 * (or {@code viewTask}), {@code viewDeal} and {@code token} answer with the words of their types, and its EIP-712 separator is the one PoCo computes for this
 * chain and address (name iExecODB, version 5.0.0, which PoCo 5.x and 6.x have).
 */
final class HubReader {
    private static final String DOMAIN =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

    private final long chainId;
    private final Address hub;
    private final Frames frames;

    HubReader(long chainId, Address hub, Frames frames) {
        this.chainId = chainId;
        this.hub = hub;
        this.frames = frames;
    }

    HubAtBlock read(HubLensView view, BlockRef at) throws FactsRefused {
        frames.check(view.frame(), at);
        requireGas(view);
        Optional<Registries> registries = registries(view);
        Optional<String> fault = fault(view, registries);
        return fault.isPresent() || registries.isEmpty()
                ? new HubAtBlock.NotPoco(at, fault.orElse("the contract names no registries"))
                : new HubAtBlock.Poco(
                        at,
                        Bytes32.of(view.frame().hubCodeHash()),
                        generation(view),
                        address(view.token()).isEmpty() ? Money.NATIVE : Money.TOKEN,
                        answered(view.viewsBoosts()),
                        registries.get());
    }

    private static Optional<Registries> registries(HubLensView view) {
        return address(view.appRegistry())
                .flatMap(app -> address(view.datasetRegistry())
                        .flatMap(dataset -> address(view.workerpoolRegistry())
                                .map(workerpool -> new Registries(app, dataset, workerpool))));
    }

    private Optional<String> fault(HubLensView view, Optional<Registries> registries) {
        if (view.codeSize().signum() == 0) {
            return Optional.of("there is no contract at the hub's address");
        }
        if (registries.isEmpty()) {
            return Optional.of("the contract names no registries of apps, datasets and workerpools");
        }
        if (!(view.categories() instanceof Part.Answered<BigInteger>(BigInteger count)) || count.signum() == 0) {
            return Optional.of("the contract has no categories");
        }
        if (!answered(view.viewsTasks()) || !answered(view.viewsDeals()) || !answered(view.token())) {
            return Optional.of("the contract does not answer viewTask, viewDeal and token as PoCo does");
        }
        if (!(view.domainSeparator() instanceof Part.Answered<byte[]>(byte[] found))
                || !Arrays.equals(found, separator())) {
            return Optional.of("the contract's EIP-712 domain is not iExecODB 5.0.0 of this chain and address");
        }
        return Optional.empty();
    }

    private static Generation generation(HubLensView view) {
        if (address(view.checksDatasetOrders()).isPresent()) {
            return Generation.V6_1_OR_6_2;
        }
        return address(view.viewsApps()).isPresent() ? Generation.V6_0 : Generation.BEFORE_6;
    }

    private static void requireGas(HubLensView view) throws FactsRefused {
        Parts.requireGas(view.categories(), "the hub's categories");
        Parts.requireGas(view.appRegistry(), "the hub's registries");
        Parts.requireGas(view.datasetRegistry(), "the hub's registries");
        Parts.requireGas(view.workerpoolRegistry(), "the hub's registries");
        Parts.requireGas(view.domainSeparator(), "the hub's domain");
        Parts.requireGas(view.viewsTasks(), "the hub's tasks");
        Parts.requireGas(view.viewsDeals(), "the hub's deals");
        Parts.requireGas(view.viewsBoosts(), "the hub's boosted deals");
        Parts.requireGas(view.token(), "the hub's token");
        Parts.requireGas(view.viewsApps(), "the hub's facets");
        Parts.requireGas(view.checksDatasetOrders(), "the hub's facets");
    }

    private static boolean answered(Part<?> part) {
        return part instanceof Part.Answered<?>;
    }

    private static Optional<Address> address(Part<String> part) {
        return part instanceof Part.Answered<String>(String text)
                ? Optional.of(Address.parse(text)).filter(address -> !address.isZero())
                : Optional.empty();
    }

    private byte[] separator() {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        words.writeBytes(hash(DOMAIN));
        words.writeBytes(hash("iExecODB"));
        words.writeBytes(hash("5.0.0"));
        words.writeBytes(ByteBuffer.allocate(32).putLong(24, chainId).array());
        words.writeBytes(new byte[12]);
        words.writeBytes(hub.bytes());
        return Hash.sha3(words.toByteArray());
    }

    private static byte[] hash(String text) {
        return Hash.sha3(text.getBytes(StandardCharsets.UTF_8));
    }
}
