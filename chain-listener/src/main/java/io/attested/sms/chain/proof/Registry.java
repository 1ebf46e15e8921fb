package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The registry an asset belongs to, and how the hub leads there: from its own registry over each one's {@code previous}.
 *
 * <p>A registry is an ERC-721 contract whose tokens are the assets' addresses (OpenZeppelin 3.3). It keeps, for each
 * holder, the set of tokens held; a token is in one set at a time. That set shows an owner with one word whose place is
 * known beforehand, where the list behind {@code ownerOf} would need the token's position first.
 *
 * @param kind what is registered there
 * @param path the hub's present registry first, the asset's last; one entry where registries were never replaced
 */
public record Registry(Kind kind, List<Address> path) {
    /** Most registries on a path. */
    public static final int LONGEST_PATH = 8;

    private static final Bytes32 HOLDER_TOKENS = Word.of(1);
    private static final int INDEXES_OF_A_SET = 1;
    private static final Bytes32 PREVIOUS = Word.of(14);

    /** The three registries, in the order of the hub's storage. */
    public enum Kind {
        /** Applications. */
        APP,
        /** Datasets. */
        DATASET,
        /** Workerpools. */
        WORKERPOOL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException when the path has no entry or more than {@value #LONGEST_PATH} */
    public Registry {
        path = List.copyOf(path);
        if (path.isEmpty() || path.size() > LONGEST_PATH) {
            throw new IllegalArgumentException("expected 1 to " + LONGEST_PATH + " registries");
        }
    }

    /** The hub's present registry. */
    public static Registry current(Kind kind, Address registry) {
        return new Registry(kind, List.of(registry));
    }

    /** The part of the path that ends at a registry, as an asset names its own; empty when the path does not meet it. */
    public Optional<Registry> endingAt(Address registry) {
        int at = path.indexOf(registry);
        return at < 0 ? Optional.empty() : Optional.of(new Registry(kind, path.subList(0, at + 1)));
    }

    /** The hub leads to this registry, the asset names it, and there {@code owner} holds the asset. */
    List<Claim> claims(Hub hub, Address asset, Address owner) {
        List<Claim> claims = new ArrayList<>(List.of(hub.registry(kind).is(path.getFirst())));
        for (int i = 1; i < path.size(); i++) {
            claims.add(new Place("hub." + kind.label() + "Registry.previous", path.get(i - 1), PREVIOUS)
                    .isAmongOthers(path.get(i)));
        }
        Address registry = path.getLast();
        claims.add(new Place(kind.label() + ".registry", asset, Word.of(0)).is(registry));
        Bytes32 held = Word.plus(Word.entry(HOLDER_TOKENS, Word.of(owner)), INDEXES_OF_A_SET);
        claims.add(new Place(kind.label() + ".owner", registry, Word.entry(held, Word.of(asset))).isSet(owner.value()));
        return claims;
    }
}
