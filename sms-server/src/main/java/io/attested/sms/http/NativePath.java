package io.attested.sms.http;

/** Which paths belong to the native API, by the rules that find their controllers: decoded, without parameters. */
final class NativePath {
    private NativePath() {}

    /** Whether {@code path}, as the client wrote it, is {@code /v1} or below. */
    static boolean is(String path) {
        String plain = ControllerPath.of(path);
        return plain.startsWith("/v1/") || plain.equals("/v1");
    }
}
