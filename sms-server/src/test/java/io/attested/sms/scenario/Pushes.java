package io.attested.sms.scenario;

import io.attested.sms.contracts.testbed.Wallet;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Requests of iExec's clients for secrets, contract sections 1.2, 1.3 and 2.1; the hashes are computed here. */
final class Pushes {
    private static final byte[] DOMAIN = Wallet.keccak(utf8("IEXEC_SMS_DOMAIN"));
    private static final String APP_KEY = "1";

    private Pushes() {}

    /** Signature over {@code H(domain ‖ address ‖ H(name) ‖ H(value))}: account, requester and app secrets. */
    static String signNamed(Wallet signer, String address, String name, byte[] value) {
        return signer.signMessage(hash(DOMAIN, addressBytes(address), Wallet.keccak(utf8(name)), Wallet.keccak(value)));
    }

    /** Signature over {@code H(domain ‖ address ‖ H(value))}: dataset keys. */
    static String signDataset(Wallet signer, String dataset, byte[] value) {
        return signer.signMessage(hash(DOMAIN, addressBytes(dataset), Wallet.keccak(value)));
    }

    private static byte[] hash(byte[]... parts) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            message.writeBytes(part);
        }
        return Wallet.keccak(message.toByteArray());
    }

    private static byte[] addressBytes(String address) {
        return HexFormat.of().parseHex(address.substring(2));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static URI account(URI base, String owner, String name) {
        return base.resolve("/secrets/web2?ownerAddress=" + encoded(owner) + "&secretName=" + encoded(name));
    }

    static URI dataset(URI base, String address) {
        return base.resolve("/secrets/web3?secretAddress=" + encoded(address));
    }

    static URI app(URI base, String address) {
        return base.resolve("/apps/" + address + "/secrets");
    }

    static URI requester(URI base, String address, String name) {
        return base.resolve("/requesters/" + address + "/secrets/" + encoded(name));
    }

    /** Percent-encoded as a browser does it. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static HttpRequest.Builder head(URI uri) {
        return HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody());
    }

    /** As the SDK sends it. */
    static HttpRequest.Builder post(URI uri, String signature, byte[] value) {
        return unsigned(uri, "POST", value).header("Authorization", signature);
    }

    static HttpRequest.Builder put(URI uri, String signature, byte[] value) {
        return unsigned(uri, "PUT", value).header("Authorization", signature);
    }

    static HttpRequest.Builder unsigned(URI uri, String method, byte[] value) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(value));
    }

    /** A push of an account secret that is right in everything. */
    static HttpRequest.Builder accountPush(URI base, Wallet owner, String name, String value) {
        return post(
                account(base, owner.address(), name),
                signNamed(owner, owner.address(), name, utf8(value)),
                utf8(value));
    }

    /** A push of a requester secret that is right in everything. */
    static HttpRequest.Builder requesterPush(URI base, Wallet owner, String name, String value) {
        return post(
                requester(base, owner.address(), name),
                signNamed(owner, owner.address(), name, utf8(value)),
                utf8(value));
    }

    /** A push of an app secret that is right in everything if {@code owner} owns the app. */
    static HttpRequest.Builder appPush(URI base, Wallet owner, String app, String value) {
        return post(app(base, app), signNamed(owner, app, APP_KEY, utf8(value)), utf8(value));
    }

    /** A push of a dataset key that is right in everything if {@code owner} owns the dataset. */
    static HttpRequest.Builder datasetPush(URI base, Wallet owner, String dataset, String value) {
        return post(dataset(base, dataset), signDataset(owner, dataset, utf8(value)), utf8(value));
    }
}
