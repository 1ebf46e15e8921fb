package io.attested.sms.chain.follow;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.LogsBloom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was read of entities of one kind, each value with the heights it counts at on the present branch.
 *
 * <p>A value read at block b counts at block X if and only if no block between them, the higher of the two included and
 * the lower excluded, may hold an event that touches the entity. That the knowledge of events has no gap is the caller's
 * duty: each block that joins or leaves the branch is told, in order. Size-bounded: the entity asked for least recently
 * is forgotten first. Not safe for many threads.
 */
final class FactMemory<K, V> {
    private static final int MOST_VERSIONS = 4;
    private static final long OPEN = Long.MAX_VALUE;

    private final int most;
    private final Function<K, Predicate<LogsBloom>> events;
    private final Map<K, Entity<V>> entities = new LinkedHashMap<>(16, 0.75f, true);

    /** What an entity's filter is, and what is known of it. */
    private record Entity<V>(Predicate<LogsBloom> touchedBy, List<Version<V>> versions) {}

    /** A value that counts from one height to another, both included; {@link #OPEN} while no event ended it. */
    private record Version<V>(long from, long to, long readAt, V value) {
        boolean countsAt(long number) {
            return from <= number && number <= to;
        }

        Version<V> until(long number) {
            return new Version<>(from, number, readAt, value);
        }
    }

    /**
     * @param most entities held
     * @param events for an entity, whether a block with this filter may hold an event that touches it
     */
    FactMemory(int most, Function<K, Predicate<LogsBloom>> events) {
        this.most = most;
        this.events = events;
    }

    /** Takes in what was read at a block. */
    Learned learn(Ancestry branch, K key, BlockRef at, V value) {
        if (!branch.holds(at.number(), at.hash())) {
            return Learned.NOT_OF_THE_BRANCH;
        }
        Entity<V> entity = entities.computeIfAbsent(key, k -> new Entity<>(events.apply(k), new ArrayList<>()));
        forgetEldest();
        Optional<Version<V>> known = version(entity, at.number());
        if (known.isPresent()) {
            return agree(entity, known.get(), value);
        }
        entity.versions().add(span(branch, entity.touchedBy(), at.number(), value));
        if (entity.versions().size() > MOST_VERSIONS) {
            entity.versions().removeFirst();
        }
        return Learned.KEPT;
    }

    private static <V> Learned agree(Entity<V> entity, Version<V> known, V value) {
        if (known.value().equals(value)) {
            return Learned.KEPT;
        }
        entity.versions().remove(known);
        return Learned.CONTRADICTS;
    }

    private static <V> Version<V> span(Ancestry branch, Predicate<LogsBloom> touchedBy, long at, V value) {
        long base = branch.base().number();
        long from = at;
        while (from > base && !touchedBy.test(bloom(branch, from))) {
            from--;
        }
        for (long next = at + 1; next <= branch.head().number(); next++) {
            if (touchedBy.test(bloom(branch, next))) {
                return new Version<>(from, next - 1, at, value);
            }
        }
        return new Version<>(from, OPEN, at, value);
    }

    private static LogsBloom bloom(Ancestry branch, long number) {
        return branch.at(number).orElseThrow().logsBloom();
    }

    /** The value that counts at this height of the present branch. */
    Optional<V> at(K key, long number) {
        return Optional.ofNullable(entities.get(key))
                .flatMap(entity -> version(entity, number))
                .map(Version::value);
    }

    private static <V> Optional<Version<V>> version(Entity<V> entity, long number) {
        return entity.versions().stream()
                .filter(version -> version.countsAt(number))
                .findFirst();
    }

    /** A block joined the branch as its head. */
    void extend(BlockHeader block) {
        for (Entity<V> entity : entities.values()) {
            if (entity.touchedBy().test(block.logsBloom())) {
                entity.versions()
                        .replaceAll(version -> version.to() == OPEN ? version.until(block.number() - 1) : version);
            }
        }
    }

    /** The blocks above {@code fork} left the branch; {@code fork} is its head. */
    void cutAbove(long fork) {
        change(versions -> {
            versions.removeIf(version -> version.readAt() > fork);
            versions.replaceAll(version -> version.to() >= fork ? version.until(OPEN) : version);
        });
    }

    /** Nothing below this height is asked for any more. */
    void dropBelow(long number) {
        change(versions -> versions.removeIf(version -> version.to() < number));
    }

    private void change(Consumer<List<Version<V>>> change) {
        Iterator<Entity<V>> all = entities.values().iterator();
        while (all.hasNext()) {
            List<Version<V>> versions = all.next().versions();
            change.accept(versions);
            if (versions.isEmpty()) {
                all.remove();
            }
        }
    }

    void clear() {
        entities.clear();
    }

    int size() {
        return entities.size();
    }

    private void forgetEldest() {
        while (entities.size() > most) {
            entities.remove(entities.keySet().iterator().next());
        }
    }
}
