package io.attested.sms.grant;

import io.attested.sms.chain.TaskFacts;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretPresence;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules over secrets: held, and pushed by who owns the asset in the deal, at the settled block and at the head.
 *
 * <p>They answer the sale of an asset between push, deal and task.
 */
final class SecretRules {

    sealed interface Outcome {}

    record Found(Decision.GrantedSecret secret) implements Outcome {}

    record NotHeld() implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}

    Outcome check(SecretNeed need, TaskFacts facts, Holdings holdings) {
        return check(need, source -> stillOwned(source, facts), holdings);
    }

    /** @param stillOwned whether who must have pushed the secret owns its asset at the settled block and at the head */
    Outcome check(SecretNeed need, boolean stillOwned, Holdings holdings) {
        return check(need, source -> stillOwned, holdings);
    }

    private static Outcome check(SecretNeed need, Predicate<SecretNeed.Source> stillOwned, Holdings holdings) {
        for (SecretNeed.Source source : need.sources()) {
            switch (holdings.of(source)) {
                case SecretPresence.Missing() -> {
                    // The next source may hold it.
                }
                case SecretPresence.OwnedByFormerOwner() -> {
                    return ownerChanged(need);
                }
                case SecretPresence.Usable ignored -> {
                    return stillOwned.test(source)
                            ? new Found(new Decision.GrantedSecret(need.use(), source.id(), source.owner()))
                            : ownerChanged(need);
                }
            }
        }
        return need.required() ? missing(need) : new NotHeld();
    }

    private static boolean stillOwned(SecretNeed.Source source, TaskFacts facts) {
        return switch (source.id()) {
            case SecretId.DatasetKey ignored ->
                facts.dataset()
                                .map(dataset -> dataset.owner())
                                .filter(source.owner()::equals)
                                .isPresent()
                        && facts.atHead()
                                .datasetOwner()
                                .filter(source.owner()::equals)
                                .isPresent();
            case SecretId.AppSecret ignored ->
                facts.app().owner().equals(source.owner())
                        && facts.atHead().appOwner().equals(source.owner());
            case SecretId.RequesterSecret ignored -> true;
            case SecretId.AccountSecret ignored -> true;
        };
    }

    private static Outcome ownerChanged(SecretNeed need) {
        return refused(
                RefusalCode.SECRET_OWNER_CHANGED,
                need,
                describe(need.use()) + " was pushed by another owner than the one in the deal and on chain now; the new"
                        + " owner has to push a secret and the deal has to be made anew");
    }

    private static Outcome missing(SecretNeed need) {
        return refused(
                RefusalCode.SECRET_MISSING, need, describe(need.use()) + " was never pushed; its owner has to push it");
    }

    private static Outcome refused(RefusalCode code, SecretNeed need, String detail) {
        return new Refused(new Refusal(code, detail, Optional.of(need.use())));
    }

    private static String describe(SecretUse use) {
        return switch (use) {
            case SecretUse.DatasetKey() -> "the dataset's key";
            case SecretUse.BulkDatasetKey(int number) -> "the key of dataset " + number + " of the bulk";
            case SecretUse.AppDeveloperSecret() -> "the app developer's secret";
            case SecretUse.RequesterSecret(int index) -> "requester secret " + index;
            case SecretUse.ResultEncryptionKey() -> "the beneficiary's result encryption key";
            case SecretUse.ResultStorageToken() -> "the token that stores the result";
            case SecretUse.ResultProxyUrl() -> "the result proxy's address";
        };
    }
}
