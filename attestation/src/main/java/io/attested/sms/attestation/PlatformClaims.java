package io.attested.sms.attestation;

import java.util.Optional;

/**
 * Which machine it was. Identifiers of a single machine appear hashed (SHA-256, 32 bytes), so that a log of claims names
 * no machine to who does not know it already.
 *
 * @param fmspc Intel: the platform's model, 6 bytes
 * @param ppidHash Intel: hash of the PPID, one for each processor package
 * @param instanceIdHash Intel, platforms of several packages: hash of the platform instance id
 * @param chipIdHash AMD: hash of CHIP_ID; empty when the host masks it or the key is not the chip's
 */
public record PlatformClaims(
        Optional<ByteString> fmspc,
        Optional<ByteString> ppidHash,
        Optional<ByteString> instanceIdHash,
        Optional<ByteString> chipIdHash) {}
