package io.attested.sms.task;

import java.util.List;
import java.util.SortedMap;

/**
 * The parameters a requester wrote into the deal.
 *
 * @param arguments text for the application's command line; empty when none
 * @param inputFiles URLs in the order given
 * @param resultEncryption whether the result must be encrypted for the beneficiary
 * @param storageProvider {@code ipfs}, {@code dropbox} or empty
 * @param storageProxy URL or empty
 * @param requesterSecrets index in the application's environment to name of the requester's secret
 * @param bulkCid address of a bulk list, empty when none
 */
public record DealParameters(
        String arguments,
        List<String> inputFiles,
        boolean resultEncryption,
        String storageProvider,
        String storageProxy,
        SortedMap<Integer, String> requesterSecrets,
        String bulkCid) {
    /** Whether results go to Dropbox; everything else takes the IPFS path. */
    public boolean storesAtDropbox() {
        return storageProvider.equals("dropbox");
    }
}
