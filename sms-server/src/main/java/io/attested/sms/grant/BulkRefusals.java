package io.attested.sms.grant;

/** What it means for a request when a bulk deal's list gives no datasets. */
public final class BulkRefusals {
    private BulkRefusals() {}

    /** @param reason what was asked and what came back */
    public static Refusal listUnavailable(String reason) {
        return new Refusal(
                RefusalCode.BULK_LIST_UNAVAILABLE,
                "the list of the bulk's datasets cannot be read from the IPFS gateway now (" + reason
                        + "); try again later");
    }

    /** @param reason what was expected and what stands there; quotes nothing of the list */
    public static Refusal listInvalid(String reason) {
        return new Refusal(
                RefusalCode.BULK_LIST_INVALID,
                "the list of the bulk's datasets is none (" + reason
                        + "); the requester has to publish a list and make the deal anew");
    }
}
