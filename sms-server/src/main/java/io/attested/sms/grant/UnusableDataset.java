package io.attested.sms.grant;

/** What becomes of a bulk task when one of its datasets cannot be used. */
public enum UnusableDataset {
    /** The task gets nothing, and the refusal names the dataset's number. */
    REFUSE,
    /** The dataset is left out and the task gets the others: what the original does. */
    BLANK
}
