package io.attested.sms.worker.evidence;

import io.attested.sms.worker.ServiceKey;
import java.nio.file.Path;

/**
 * What an enclave without CONFIGID runs: an application that its measurement covers completely.
 *
 * <p>An evidence source gives this only out of content that MRENCLAVE covers (in Gramine: a trusted file or the manifest
 * itself), never out of arguments or environment.
 *
 * @param serviceKey the service it trusts
 * @param applicationDirectory the application's tree
 * @param entrypoint program and arguments in one text, split without a shell. It has to be measured too: anybody can
 *     register an app with the same measurement and an entrypoint of his own
 */
public record MeasuredImage(ServiceKey serviceKey, Path applicationDirectory, String entrypoint) {}
