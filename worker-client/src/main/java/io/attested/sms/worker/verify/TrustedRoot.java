package io.attested.sms.worker.verify;

/**
 * A root that somebody named to be trusted.
 *
 * @param name shown with the verdict
 * @param pem one certificate
 */
public record TrustedRoot(String name, String pem) {}
