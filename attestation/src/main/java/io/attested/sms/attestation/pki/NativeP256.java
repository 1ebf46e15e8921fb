package io.attested.sms.attestation.pki;

import java.security.NoSuchAlgorithmException;

/** The choice of who verifies P-256 signatures, made once at the start. */
public final class NativeP256 {
    private NativeP256() {}

    /** What loading the native provider came to. */
    public sealed interface Loading {
        /** The native provider verifies. */
        record Loaded(P256 p256) implements Loading {}

        /**
         * There is none on this platform or class path, or it failed its self tests.
         *
         * @param cause what happened, for a person
         */
        record Unavailable(String cause) implements Loading {}
    }

    /** Loads Amazon Corretto Crypto Provider if its jar is there and its library works here. */
    public static Loading load() {
        try {
            return new Loading.Loaded(CorrettoP256.open());
        } catch (NoSuchAlgorithmException | RuntimeException | LinkageError unusable) {
            return new Loading.Unavailable(String.valueOf(unusable));
        }
    }

    /** The native provider, or else the portable one. */
    public static P256 orPortable() {
        return switch (load()) {
            case Loading.Loaded(P256 p256) -> p256;
            case Loading.Unavailable ignored -> new BouncyCastleP256();
        };
    }
}
