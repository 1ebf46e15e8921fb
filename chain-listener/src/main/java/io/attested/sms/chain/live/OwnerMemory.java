package io.attested.sms.chain.live;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.follow.Answer;
import io.attested.sms.chain.follow.FollowedFacts;
import io.attested.sms.chain.follow.Side;
import io.attested.sms.chain.lens.OwnerAtBlock;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.Optional;

/** Owners of assets at the head: remembered, or read and then remembered. */
final class OwnerMemory {
    private final CheckedChain checked;
    private final FollowedFacts facts;
    private final MemoryMeter meter;
    private final Remembered remembered;

    OwnerMemory(CheckedChain checked, FollowedFacts facts, MemoryMeter meter, Remembered remembered) {
        this.checked = checked;
        this.facts = facts;
        this.meter = meter;
        this.remembered = remembered;
    }

    OwnerLookup atHead(Address asset) {
        return switch (facts.owner(asset, Side.HEAD)) {
            case Answer.Known<Optional<Address>>(Optional<Address> owner, BlockRef head) -> {
                meter.hit();
                yield lookup(owner, owner.isPresent() ? remembered.atHead(head) : remembered.wordAtHead(head));
            }
            case Answer.Miss<Optional<Address>>(BlockRef head) -> {
                meter.miss();
                yield read(asset, head);
            }
            case Answer.Stopped<Optional<Address>>(var why) -> {
                meter.hit();
                yield new OwnerLookup.Unavailable(Remembered.failure(why));
            }
        };
    }

    private OwnerLookup read(Address asset, BlockRef head) {
        Optional<BlockHeader> header = facts.header(head);
        if (header.isEmpty()) {
            return new OwnerLookup.Unavailable(new ChainFailure(Kind.HEAD_MOVED, "the head moved just now"));
        }
        return switch (checked.ownerAt(asset, header.get())) {
            case Checked.Unavailable<OwnerAtBlock>(var failure) -> new OwnerLookup.Unavailable(failure);
            case Checked.Read<OwnerAtBlock> read -> {
                boolean registered = !read.value().registries().isEmpty();
                facts.learnedOwner(head, asset, read.value().owner(), registered);
                Provenance provenance = new Provenance(
                        read.level(), remembered.atHead(head).rule(), head, head, read.agreeing(), read.nodes());
                // Where proofs are asked for, an owner that no registry shows is nobody: nothing would prove it.
                yield remembered.level() == TrustLevel.PROOF && !registered
                        ? new OwnerLookup.NoOwner(remembered.wordAtHead(head))
                        : lookup(read.value().owner(), provenance);
            }
        };
    }

    private static OwnerLookup lookup(Optional<Address> owner, Provenance provenance) {
        return owner.<OwnerLookup>map(someone -> new OwnerLookup.Owner(someone, provenance))
                .orElseGet(() -> new OwnerLookup.NoOwner(provenance));
    }
}
