package io.attested.sms.contracts.testbed;

import java.util.Optional;

/**
 * What a deal is about. {@link Scenario#terms} gives terms that match; a test states the difference only.
 *
 * @param app address of the application
 * @param appOwner signs the app order
 * @param dataset address of the dataset, empty for none
 * @param datasetOwner signs the dataset order
 * @param workerpool address of the workerpool
 * @param workerpoolOwner signs the workerpool order, and later the authorisations
 * @param requester signs the request
 * @param beneficiary address
 * @param tag {@code 0x} and 64 digits, the same in all four orders
 * @param params the requester's text, by convention JSON
 * @param category category id
 * @param tasks number of tasks
 */
public record DealTerms(
        String app,
        Wallet appOwner,
        Optional<String> dataset,
        Wallet datasetOwner,
        String workerpool,
        Wallet workerpoolOwner,
        Wallet requester,
        String beneficiary,
        String tag,
        String params,
        long category,
        int tasks) {
    /** The same with this dataset, owned by {@code owner}. */
    public DealTerms withDataset(String address, Wallet owner) {
        return new DealTerms(
                app,
                appOwner,
                Optional.of(address),
                owner,
                workerpool,
                workerpoolOwner,
                requester,
                beneficiary,
                tag,
                params,
                category,
                tasks);
    }

    /** The same with this dataset of {@link Wallet#DATASET_OWNER}. */
    public DealTerms withDataset(String address) {
        return withDataset(address, Wallet.DATASET_OWNER);
    }

    /** The same with another tag. */
    public DealTerms withTag(TeeTag other) {
        return new DealTerms(
                app,
                appOwner,
                dataset,
                datasetOwner,
                workerpool,
                workerpoolOwner,
                requester,
                beneficiary,
                other.text(),
                params,
                category,
                tasks);
    }

    /** The same with other params. */
    public DealTerms withParams(String other) {
        return new DealTerms(
                app,
                appOwner,
                dataset,
                datasetOwner,
                workerpool,
                workerpoolOwner,
                requester,
                beneficiary,
                tag,
                other,
                category,
                tasks);
    }

    /** The same in another category. */
    public DealTerms withCategory(long other) {
        return new DealTerms(
                app,
                appOwner,
                dataset,
                datasetOwner,
                workerpool,
                workerpoolOwner,
                requester,
                beneficiary,
                tag,
                params,
                other,
                tasks);
    }

    /** The same with another number of tasks. */
    public DealTerms withTasks(int other) {
        return new DealTerms(
                app,
                appOwner,
                dataset,
                datasetOwner,
                workerpool,
                workerpoolOwner,
                requester,
                beneficiary,
                tag,
                params,
                category,
                other);
    }

    /** The same of another requester, who is the beneficiary too. */
    public DealTerms withRequester(Wallet other) {
        return new DealTerms(
                app,
                appOwner,
                dataset,
                datasetOwner,
                workerpool,
                workerpoolOwner,
                other,
                other.address(),
                tag,
                params,
                category,
                tasks);
    }

    /** The same with another beneficiary. */
    public DealTerms withBeneficiary(String other) {
        return new DealTerms(
                app,
                appOwner,
                dataset,
                datasetOwner,
                workerpool,
                workerpoolOwner,
                requester,
                other,
                tag,
                params,
                category,
                tasks);
    }
}
