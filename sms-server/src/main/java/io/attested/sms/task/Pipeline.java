package io.attested.sms.task;

/**
 * A version of the worker's pipeline: the two enclaves that iExec runs before and after the application.
 *
 * <p>Nobody signed it; it comes from the measurements file, whose digest stands in every record.
 *
 * @param framework whose tasks it serves
 * @param version the word an app's enclave configuration names
 * @param preCompute fetches and decrypts
 * @param postCompute encrypts, signs and uploads
 * @param lasImage image of SCONE's local attestation service; empty for other frameworks
 */
public record Pipeline(
        TeeFramework framework, String version, StageImage preCompute, StageImage postCompute, String lasImage) {

    /**
     * The enclave of one stage.
     *
     * @param image name of the container image
     * @param fingerprint MRENCLAVE in 64 hexadecimal digits; for a trust domain the image's checksum
     * @param entrypoint the command in the image
     * @param heapSizeInBytes size of the enclave's heap
     */
    public record StageImage(String image, String fingerprint, String entrypoint, long heapSizeInBytes) {}
}
