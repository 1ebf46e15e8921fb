package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * What the task lens answers.
 *
 * @param frame which block this is
 * @param dealId the deal that was read, 32 bytes: the task's, or the one the question named; zero for none
 * @param task not asked when the question named no task
 * @param deal not asked without a deal id; its app is the zero address when the hub knows no such deal
 * @param boost asked when there is no such deal
 * @param category seconds of its {@code workClockTimeRef}
 * @param app by {@code viewApp}, or on hubs without it by the asset's own getters
 * @param dataset likewise
 * @param appOwner {@code owner()} of the app
 * @param datasetOwner {@code owner()} of the dataset
 * @param workerpoolOwner {@code owner()} of the workerpool
 * @param registered whether the deal's three assets are in the registries of their kind
 */
public record TaskLensView(
        LensFrame frame,
        byte[] dealId,
        Part<TaskView> task,
        Part<DealView> deal,
        Part<BoostView> boost,
        Part<BigInteger> category,
        Part<AppView> app,
        Part<DatasetView> dataset,
        Part<String> appOwner,
        Part<String> datasetOwner,
        Part<String> workerpoolOwner,
        RegisteredView registered) {
    /** The same with the deal as a call of its own gave it, when it was too large here. */
    public TaskLensView withDeal(DealView read) {
        return new TaskLensView(
                frame,
                dealId,
                task,
                new Part.Answered<>(read),
                boost,
                category,
                app,
                dataset,
                appOwner,
                datasetOwner,
                workerpoolOwner,
                registered);
    }

    /** The same with the app as a call of its own gave it, when it was too large here. */
    public TaskLensView withApp(AppView read) {
        return new TaskLensView(
                frame,
                dealId,
                task,
                deal,
                boost,
                category,
                new Part.Answered<>(read),
                dataset,
                appOwner,
                datasetOwner,
                workerpoolOwner,
                registered);
    }

    /** The same with the dataset as a call of its own gave it, when it was too large here. */
    public TaskLensView withDataset(DatasetView read) {
        return new TaskLensView(
                frame,
                dealId,
                task,
                deal,
                boost,
                category,
                app,
                new Part.Answered<>(read),
                appOwner,
                datasetOwner,
                workerpoolOwner,
                registered);
    }
}
