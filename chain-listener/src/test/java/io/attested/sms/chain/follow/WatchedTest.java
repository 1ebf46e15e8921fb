package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.rpc.LogsBloom;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private final Watched watched = new Watched(Names.HUB, Set.of(Names.APPS));

    private static LogsBloom bloom(Address address, Bytes32... topics) {
        byte[] bits = new byte[LogsBloom.LENGTH];
        LogsBloom.Entry.of(address).addTo(bits);
        List.of(topics).forEach(topic -> LogsBloom.Entry.of(topic).addTo(bits));
        return LogsBloom.of(bits);
    }

    /** ERC-721 and EIP-2535 give these topics. */
    @Test
    void topicsAreThoseOfTheStandards() {
        assertThat(watched.everything().topics().getFirst())
                .contains(
                        Bytes32.parse("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"),
                        Bytes32.parse("0x8faa70878671ccd212d20771b795c50af8fd3ff6cf27f4bde57e5d4de0aeb673"));
        assertThat(watched.everything().addresses()).containsExactlyInAnyOrder(Names.HUB, Names.APPS);
        assertThat(watched.transfers().addresses()).containsExactly(Names.APPS);
    }

    @Test
    void taskIsTouchedByAnyEventOfTheHubAboutIt() {
        Predicate<LogsBloom> task = watched.task(Names.word("task"));
        assertThat(task.test(bloom(Names.HUB, Names.word("an event"), Names.word("task"))))
                .isTrue();
        assertThat(task.test(bloom(Names.HUB, Names.word("an event"), Names.word("another"))))
                .isFalse();
        assertThat(task.test(bloom(Names.APPS, Names.word("an event"), Names.word("task"))))
                .isFalse();
    }

    @Test
    void ownerIsTouchedByATransferOfItsTokenInAnyRegistry() {
        Address asset = Names.address("app");
        Predicate<LogsBloom> owner = watched.owner(asset);
        assertThat(owner.test(bloom(Names.address("old registry"), Watched.TRANSFER, Names.topic(asset))))
                .isTrue();
        assertThat(owner.test(bloom(Names.APPS, Watched.TRANSFER, Names.topic(Names.address("other")))))
                .isFalse();
        assertThat(owner.test(bloom(Names.APPS, Names.word("Approval"), Names.topic(asset))))
                .isFalse();
    }

    @Test
    void watchingNoRegistryIsRefused() {
        assertThatThrownBy(() -> new Watched(Names.HUB, Set.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
