package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.contracts.ContractCall;
import io.attested.sms.contracts.DealView;
import io.attested.sms.contracts.Part;
import io.attested.sms.contracts.Part.Missing;
import io.attested.sms.contracts.Part.Why;
import io.attested.sms.contracts.PocoCalls;
import io.attested.sms.contracts.TaskLensView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads whose answers did not fit into a lens: plain calls of the hub, to be pinned to the same block.
 *
 * <p>At most two rounds: the deal first, because it names the assets, then the application and the dataset.
 *
 * @param <T> what the lens asked for
 */
public final class LongTexts<T> {
    private final Address hub;
    private final List<Piece<?>> pieces;
    private final TaskLensView view;
    private final Meaning<T> meaning;

    private LongTexts(Address hub, List<Piece<?>> pieces, TaskLensView view, Meaning<T> meaning) {
        this.hub = hub;
        this.pieces = List.copyOf(pieces);
        this.view = view;
        this.meaning = meaning;
    }

    /** How the completed view becomes facts. */
    interface Meaning<T> {
        T of(TaskLensView view) throws FactsRefused;
    }

    /** One call and where its answer belongs. */
    private record Piece<V>(ContractCall<V> call, BiFunction<TaskLensView, V, TaskLensView> place) {
        TaskLensView placed(TaskLensView view, String answer) throws FactsRefused {
            V value = call.decode(answer)
                    .orElseThrow(() -> FactsRefused.malformed("a long text of the deal: the answer does not decode"));
            return place.apply(view, value);
        }
    }

    /** Empty when everything fitted. */
    static <T> Optional<LongTexts<T>> of(Address hub, TaskLensView view, Meaning<T> meaning) {
        List<Piece<?>> pieces = new ArrayList<>();
        if (tooLarge(view.deal())) {
            pieces.add(new Piece<>(PocoCalls.viewDeal(view.dealId()), TaskLensView::withDeal));
        } else if (view.deal() instanceof Part.Answered<DealView>(DealView deal)) {
            if (tooLarge(view.app())) {
                pieces.add(new Piece<>(PocoCalls.viewApp(deal.app().pointer()), TaskLensView::withApp));
            }
            if (tooLarge(view.dataset())) {
                pieces.add(new Piece<>(PocoCalls.viewDataset(deal.dataset().pointer()), TaskLensView::withDataset));
            }
        }
        return pieces.isEmpty() ? Optional.empty() : Optional.of(new LongTexts<>(hub, pieces, view, meaning));
    }

    /** The contract to call. */
    public Address to() {
        return hub;
    }

    /** Call data of each call. */
    public List<String> calls() {
        return pieces.stream().map(piece -> piece.call().data()).toList();
    }

    /**
     * Completes the facts.
     *
     * @param answers of the calls, in their order
     * @throws FactsRefused as {@link LensQuestion#read}
     */
    public T read(List<String> answers) throws FactsRefused {
        if (answers.size() != pieces.size()) {
            throw FactsRefused.malformed("expected " + pieces.size() + " long texts, got " + answers.size());
        }
        TaskLensView completed = view;
        for (int i = 0; i < answers.size(); i++) {
            completed = pieces.get(i).placed(completed, answers.get(i));
        }
        return meaning.of(completed);
    }

    private static boolean tooLarge(Part<?> part) {
        return part instanceof Missing<?>(Why why) && why == Why.TOO_LARGE;
    }
}
