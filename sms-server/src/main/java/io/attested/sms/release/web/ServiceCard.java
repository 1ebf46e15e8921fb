package io.attested.sms.release.web;

/**
 * What a worker must know to ask: the answer of {@code GET /v1/service}. Nothing in it is to be trusted because it was
 * received; the boot stage trusts the key in its own launch.
 *
 * @param serviceKey Ed25519 public key, hex
 * @param serviceId SHA-256 of the key, hex: salt of the typed intents' domain
 * @param trustRoot name of the root that evidence must chain to
 */
public record ServiceCard(
        String serviceKey,
        String serviceId,
        long chainId,
        String hub,
        String realm,
        String kem,
        String trustRoot,
        String measurementsDigest) {}
