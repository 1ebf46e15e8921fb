package io.attested.sms.grant;

import io.attested.sms.chain.Address;
import io.attested.sms.secret.SecretId;
import io.attested.sms.task.BulkSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules over a bulk task's datasets, iExec contract section 4.7: each order accepted by the chain, each key pushed by
 * who owns the dataset at the settled block and at the head.
 */
final class BulkRules {
    private final SecretRules secrets;
    private final UnusableDataset onUnusable;

    BulkRules(SecretRules secrets, UnusableDataset onUnusable) {
        this.secrets = secrets;
        this.onUnusable = onUnusable;
    }

    sealed interface Outcome {}

    /** What is left of the slice, and the keys of its usable datasets. */
    record Passed(BulkSlice slice, List<Decision.GrantedSecret> keys) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}

    private sealed interface Judged {}

    private record Kept(Decision.GrantedSecret key) implements Judged {}

    private record Left(BulkSlice.Unusable element, Refusal why) implements Judged {}

    /** The keys that the slice's usable datasets need. */
    static List<SecretNeed> needs(BulkSlice slice) {
        List<SecretNeed> needs = new ArrayList<>();
        for (int number = 1; number <= slice.elements().size(); number++) {
            if (slice.elements().get(number - 1) instanceof BulkSlice.Usable usable) {
                needs.add(need(number, usable));
            }
        }
        return List.copyOf(needs);
    }

    private static SecretNeed need(int number, BulkSlice.Usable usable) {
        Address owner = usable.registered().owner();
        return new SecretNeed(
                new SecretUse.BulkDatasetKey(number),
                List.of(new SecretNeed.Source(new SecretId.DatasetKey(usable.dataset()), owner)),
                true);
    }

    Outcome check(BulkSlice slice, Holdings holdings) {
        List<BulkSlice.Element> elements = new ArrayList<>();
        List<Decision.GrantedSecret> keys = new ArrayList<>();
        for (int number = 1; number <= slice.elements().size(); number++) {
            BulkSlice.Element element = slice.elements().get(number - 1);
            switch (judge(number, element, holdings)) {
                case Kept(Decision.GrantedSecret key) -> {
                    elements.add(element);
                    keys.add(key);
                }
                case Left(BulkSlice.Unusable unusable, Refusal why) -> {
                    if (onUnusable == UnusableDataset.REFUSE) {
                        return new Refused(why);
                    }
                    elements.add(unusable);
                }
            }
        }
        return new Passed(new BulkSlice(elements), List.copyOf(keys));
    }

    private Judged judge(int number, BulkSlice.Element element, Holdings holdings) {
        return switch (element) {
            case BulkSlice.Unusable unusable -> new Left(unusable, notUsable(number, unusable));
            case BulkSlice.Usable usable -> judge(number, usable, holdings);
        };
    }

    private Judged judge(int number, BulkSlice.Usable usable, Holdings holdings) {
        boolean stillOwned = usable.ownerAtHead().equals(usable.registered().owner());
        return switch (secrets.check(need(number, usable), stillOwned, holdings)) {
            case SecretRules.Found(Decision.GrantedSecret key) -> new Kept(key);
            case SecretRules.Refused(Refusal why) -> left(usable, why);
            case SecretRules.NotHeld() -> throw new IllegalStateException("the key of a bulk's dataset is required");
        };
    }

    private static Left left(BulkSlice.Usable usable, Refusal why) {
        return new Left(new BulkSlice.Unusable(usable.dataset(), why.code().word()), why);
    }

    private static Refusal notUsable(int number, BulkSlice.Unusable unusable) {
        return new Refusal(
                RefusalCode.BULK_DATASET_NOT_USABLE,
                "dataset " + number + " of the bulk, " + unusable.dataset() + ", cannot be used: " + unusable.reason(),
                Optional.of(new SecretUse.BulkDatasetKey(number)));
    }
}
