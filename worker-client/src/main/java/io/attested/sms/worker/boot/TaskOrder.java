package io.attested.sms.worker.boot;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.release.Authorization;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the host asks the boot stage to run. Nothing in here is trusted: each value is either covered by evidence, compared
 * with what the service signed, or only decides which refusal is reported.
 *
 * @param authorization the workerpool's
 * @param applicationDirectory the application's tree; ignored when the enclave's measurement covers one
 * @param serviceKey which service the enclave was launched for; asked from the service when absent
 * @param registered the fingerprint parts registered on chain; only tells a wrong tree from a wrong service key
 * @param datasetFile the encrypted dataset
 * @param inputDirectory where the encrypted dataset and the input files are, under the names the envelope gives
 */
public record TaskOrder(
        Authorization authorization,
        Optional<Path> applicationDirectory,
        Optional<ServiceKey> serviceKey,
        Optional<FingerprintParts> registered,
        Optional<Path> datasetFile,
        Optional<Path> inputDirectory) {
    /** An order for an application without inputs and hints. */
    public static TaskOrder of(Authorization authorization, Path applicationDirectory) {
        return new TaskOrder(
                authorization,
                Optional.of(applicationDirectory),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with a service key. */
    public TaskOrder withServiceKey(ServiceKey key) {
        return new TaskOrder(
                authorization, applicationDirectory, Optional.of(key), registered, datasetFile, inputDirectory);
    }

    /** The same with an encrypted dataset. */
    public TaskOrder withDatasetFile(Path file) {
        return new TaskOrder(
                authorization, applicationDirectory, serviceKey, registered, Optional.of(file), inputDirectory);
    }

    /** The same with a directory of inputs. */
    public TaskOrder withInputDirectory(Path directory) {
        return new TaskOrder(
                authorization, applicationDirectory, serviceKey, registered, datasetFile, Optional.of(directory));
    }
}
