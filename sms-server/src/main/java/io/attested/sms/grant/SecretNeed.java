package io.attested.sms.grant;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.task.DealParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * One use of a secret, where it may be found and whether the task can do without.
 *
 * @param sources where to look, best first
 */
public record SecretNeed(SecretUse use, List<Source> sources, boolean required) {
    /** Name of the beneficiary's public key among the account secrets. */
    static final AccountSecretName RESULT_ENCRYPTION_KEY = new AccountSecretName("iexec-result-encryption-public-key");

    static final AccountSecretName DROPBOX_TOKEN = new AccountSecretName("iexec-result-dropbox-token");
    static final AccountSecretName IPFS_TOKEN = new AccountSecretName("iexec-result-iexec-ipfs-token");
    static final AccountSecretName RESULT_PROXY_URL = new AccountSecretName("iexec-result-iexec-result-proxy-url");

    /** A secret and the owner under whom it must have been pushed. */
    public record Source(SecretId id, Address owner) {}

    /**
     * All needs of a task: the tables of the iExec contract, section 4.3. A dataset that is registered without a place is not
     * fetched, so its key is not needed (section 4.2).
     *
     * @param worker wallet of the worker that runs the task
     */
    public static List<SecretNeed> of(TaskFacts facts, DealParameters parameters, Address worker) {
        Deal deal = facts.deal();
        List<SecretNeed> needs = new ArrayList<>();
        deal.dataset()
                .filter(dataset -> facts.dataset().filter(Dataset::hasPlace).isPresent())
                .ifPresent(dataset -> needs.add(new SecretNeed(
                        new SecretUse.DatasetKey(),
                        List.of(new Source(new SecretId.DatasetKey(dataset.address()), dataset.ownerAtMatch())),
                        true)));
        needs.add(new SecretNeed(
                new SecretUse.AppDeveloperSecret(),
                List.of(new Source(
                        new SecretId.AppSecret(deal.app().address()), deal.app().ownerAtMatch())),
                false));
        parameters
                .requesterSecrets()
                .forEach((index, name) -> RequesterSecretName.tryParse(name)
                        .ifPresent(valid -> needs.add(new SecretNeed(
                                new SecretUse.RequesterSecret(index),
                                List.of(new Source(
                                        new SecretId.RequesterSecret(deal.requester(), valid), deal.requester())),
                                false))));
        addResultNeeds(needs, deal, parameters, worker);
        return List.copyOf(needs);
    }

    private static void addResultNeeds(List<SecretNeed> needs, Deal deal, DealParameters parameters, Address worker) {
        if (parameters.resultEncryption()) {
            needs.add(new SecretNeed(
                    new SecretUse.ResultEncryptionKey(),
                    List.of(account(deal.beneficiary(), RESULT_ENCRYPTION_KEY)),
                    true));
        }
        if (!deal.callback().isZero()) {
            return;
        }
        List<Source> tokens = parameters.storesAtDropbox()
                ? List.of(account(deal.requester(), DROPBOX_TOKEN))
                : List.of(account(worker, IPFS_TOKEN), account(deal.requester(), IPFS_TOKEN));
        needs.add(new SecretNeed(new SecretUse.ResultStorageToken(), tokens, true));
        if (parameters.storageProxy().isEmpty()) {
            needs.add(new SecretNeed(
                    new SecretUse.ResultProxyUrl(),
                    List.of(account(deal.workerpool().ownerAtMatch(), RESULT_PROXY_URL)),
                    false));
        }
    }

    private static Source account(Address account, AccountSecretName name) {
        return new Source(new SecretId.AccountSecret(account, name), account);
    }
}
