package io.attested.sms.worker.evidence;

import io.attested.sms.worker.ServiceKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an enclave without CONFIGID runs: an application that its measurement covers completely.
 *
 * <p>An evidence source gives this only out of content that MRENCLAVE covers (in Gramine: a trusted file or the manifest
 * itself), never out of arguments or environment.
 *
 * @param serviceKey the service it trusts
 * @param applicationDirectory the application's tree
 * @param entrypoint program and arguments in one text, split without a shell; absent when the registered entrypoint, which
 *     the service repeats in the envelope, shall be taken
 */
public record MeasuredImage(ServiceKey serviceKey, Path applicationDirectory, Optional<String> entrypoint) {}
