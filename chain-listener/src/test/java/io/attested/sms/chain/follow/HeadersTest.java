package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private final FakeChain chain = new FakeChain();
    private UnaryOperator<List<BlockHeader>> lie = headers -> headers;
    private UnaryOperator<BlockHeader> single = header -> header;
    private final Headers headers = new Headers(new Liar());

    HeadersTest() {
        chain.mine(400);
    }

    /** The chain, with answers changed on the way. */
    private final class Liar implements Blocks {
        @Override
        public Reading<BlockHeader> head() {
            return chain.head();
        }

        @Override
        public Reading<BlockHeader> tagged(SettlementRule.Name name) {
            return chain.tagged(name);
        }

        @Override
        public Reading<BlockHeader> header(long number) {
            return change(chain.header(number), single);
        }

        @Override
        public Reading<BlockHeader> header(Bytes32 hash) {
            return change(chain.header(hash), single);
        }

        @Override
        public Reading<List<BlockHeader>> headers(long from, int count) {
            return change(chain.headers(from, count), lie);
        }

        private <T> Reading<T> change(Reading<T> reading, UnaryOperator<T> change) {
            return reading instanceof Reading.Read<T> read ? new Reading.Read<>(change.apply(read.value())) : reading;
        }
    }

    private static void refused(ThrowingCallable call, Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.failure().kind()).isEqualTo(kind));
    }

    private Ancestry known(long from, long to) {
        List<BlockHeader> blocks = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            blocks.add(chain.block(i));
        }
        return Ancestry.of(blocks, from);
    }

    @Test
    void longPieceIsReadInParts() throws Unreadable {
        assertThat(headers.upTo(chain.top(), 3)).hasSize(398).first().isEqualTo(chain.block(3));
    }

    @Test
    void gapIsRefused() {
        lie = some -> {
            List<BlockHeader> changed = new ArrayList<>(some);
            changed.set(5, chain.block(0));
            return changed;
        };
        refused(() -> headers.upTo(chain.top(), 390), Kind.HEAD_MOVED);
    }

    @Test
    void anotherNumberOfHeadersIsRefused() {
        lie = some -> some.subList(0, some.size() - 1);
        refused(() -> headers.upTo(chain.top(), 390), Kind.INCONSISTENT);
    }

    @Test
    void headersOfOtherHeightsAreRefused() {
        lie = some -> new ArrayList<>(some).reversed();
        refused(() -> headers.upTo(chain.top(), 390), Kind.INCONSISTENT);
    }

    @Test
    void anotherBlockThanAskedForIsRefused() {
        single = header -> chain.block(7);
        refused(() -> headers.at(8), Kind.INCONSISTENT);
        chain.rewind(3);
        Ancestry known = known(390, 397);
        chain.rewind(2);
        chain.mine(3);
        refused(() -> headers.path(known, chain.top()), Kind.INCONSISTENT);
    }

    @Test
    void parentOfAnotherHeightIsRefused() {
        Ancestry known = known(380, 400);
        chain.reorg(6);
        single = header -> new BlockHeader(
                header.number() - 2,
                header.hash(),
                header.parentHash(),
                header.time(),
                header.stateRoot(),
                header.receiptsRoot(),
                header.logsBloom());
        refused(() -> headers.path(known, chain.top()), Kind.INCONSISTENT);
    }

    @Test
    void pathLeavesWhereTheBranchesPart() throws Unreadable {
        Ancestry known = known(380, 400);
        chain.reorg(6);
        Headers.Path path = headers.path(known, chain.top()).orElseThrow();
        assertThat(path.fork()).isEqualTo(394);
        assertThat(path.blocks()).hasSize(7).last().isEqualTo(chain.top());
    }

    @Test
    void shorterBranchIsAPathToo() throws Unreadable {
        Ancestry known = known(380, 400);
        chain.rewind(6);
        chain.mine(2);
        assertThat(headers.path(known, chain.top()).orElseThrow().fork()).isEqualTo(394);
    }

    @Test
    void branchThatSharesNothingHasNoPath() throws Unreadable {
        Ancestry known = known(380, 400);
        chain.reorg(21);
        assertThat(headers.path(known, chain.top())).isEmpty();
    }

    @Test
    void blocksThatDoNotFollowOneAnotherAreNoAncestry() {
        assertThatThrownBy(() -> Ancestry.of(List.of(chain.block(1), chain.block(3)), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ancestry.of(List.of(chain.block(1), chain.block(2)), 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> known(1, 5).graft(5, List.of(chain.block(7))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
