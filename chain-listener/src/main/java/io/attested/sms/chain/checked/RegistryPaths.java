package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.lens.HubAtBlock;
import io.attested.sms.chain.proof.Registry;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.contracts.PocoCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From the hub over each registry's {@code previous()} to its oldest; read once, at start. A hub whose registries are
 * replaced later proves nothing until the service starts again.
 */
record RegistryPaths(Registry app, Registry dataset, Registry workerpool) {
    Registry path(Registry.Kind kind) {
        return switch (kind) {
            case APP -> app;
            case DATASET -> dataset;
            case WORKERPOOL -> workerpool;
        };
    }

    /** All of them. */
    Set<Address> all() {
        return Stream.of(app, dataset, workerpool)
                .flatMap(path -> path.path().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static RegistryPaths read(Quorum quorum, HubAtBlock.Poco hub) throws Unread {
        List<List<Address>> paths = new ArrayList<>();
        for (Address present : hub.registries().all()) {
            paths.add(new ArrayList<>(List.of(present)));
        }
        List<List<Address>> growing = paths;
        while (!growing.isEmpty()) {
            growing = grown(quorum, growing, hub.block());
        }
        return new RegistryPaths(
                new Registry(Registry.Kind.APP, paths.get(0)),
                new Registry(Registry.Kind.DATASET, paths.get(1)),
                new Registry(Registry.Kind.WORKERPOOL, paths.get(2)));
    }

    /** Adds one registry to each path that has another, and gives those. */
    private static List<List<Address>> grown(Quorum quorum, List<List<Address>> paths, BlockRef block) throws Unread {
        List<Address> oldest = paths.stream().map(List::getLast).toList();
        List<Address> previous = Unread.agreed(
                        quorum.ask(new AddressesTrip(PocoCalls.previous(), oldest, block), Purpose.CHECK))
                .value();
        List<List<Address>> grown = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            if (!previous.get(i).isZero()) {
                if (paths.get(i).size() == Registry.LONGEST_PATH) {
                    throw Unread.of(Kind.INCONSISTENT, "the hub's registries were replaced too often, or in a circle");
                }
                paths.get(i).add(previous.get(i));
                grown.add(paths.get(i));
            }
        }
        return grown;
    }
}
