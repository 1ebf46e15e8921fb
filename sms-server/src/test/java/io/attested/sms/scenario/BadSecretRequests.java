package io.attested.sms.scenario;

import static io.attested.sms.scenario.BadRequest.ANY_4XX;
import static io.attested.sms.scenario.BadRequest.FOREIGN;
import static io.attested.sms.scenario.BadRequest.MARKER;
import static io.attested.sms.scenario.BadRequest.asked;
import static io.attested.sms.scenario.BadRequest.sent;
import static io.attested.sms.scenario.BadRequest.signed;
import static io.attested.sms.scenario.BadRequest.with;
import static io.attested.sms.scenario.Pushes.utf8;

import io.attested.sms.contracts.testbed.Wallet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Malformed requests for secrets, contract sections 1.2 and 1.3, 2.1 and 2.3.
 *
 * @param owner of its account and requester's secrets
 * @param dataset of {@link Wallet#DATASET_OWNER}
 * @param app of {@link Wallet#APP_DEVELOPER}
 */
record BadSecretRequests(Wallet owner, String dataset, String app) {
    /** 4097 bytes in characters of three bytes, but for the last two. */
    private static final byte[] TOO_LONG = utf8("€".repeat(1365) + "xx");

    private static final byte[] VALUE = utf8("value " + MARKER);
    private static final byte[] NOT_UTF8 = {'a', (byte) 0xc3, (byte) 0x28};
    private static final byte[] OVERLONG_NUL = {(byte) 0xc0, (byte) 0x80};
    private static final byte[] HALF_A_PAIR = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
    private static final String AUTHORIZATION = "Authorization: " + FOREIGN;
    private static final String MEGABYTES = "x".repeat(10 * 1024 * 1024);

    /** What can be wrong with a header that should be a signature, for any of the endpoints. */
    private Stream<BadRequest> signatures(String path, String right) {
        String digits = right.substring(2, 130);
        return Stream.of(
                with(400, "no signature", "POST", path, MARKER),
                signed(401, "empty signature", "POST", path, "", VALUE),
                signed(401, "signature 0x", "POST", path, "0x", VALUE),
                signed(401, "signature a byte short", "POST", path, "0x" + digits, VALUE),
                signed(401, "signature a digit short", "POST", path, right.substring(0, 131), VALUE),
                signed(401, "signature with a byte after it", "POST", path, right + "00", VALUE),
                signed(401, "signature that is no hex", "POST", path, "0x" + "zz".repeat(65), VALUE),
                signed(401, "signature of zeros", "POST", path, "0x" + "00".repeat(65), VALUE),
                signed(401, "signature of r = 0", "POST", path, "0x" + "00".repeat(32) + "11".repeat(32) + "1b", VALUE),
                signed(401, "signature with v = 0", "POST", path, "0x" + digits + "00", VALUE),
                signed(401, "signature with v = 29", "POST", path, "0x" + digits + "1d", VALUE),
                signed(401, "signature with v = 31", "POST", path, "0x" + digits + "1f", VALUE),
                signed(401, "signature with v = 255", "POST", path, "0x" + digits + "ff", VALUE),
                signed(
                        401,
                        "signature with s over the order",
                        "POST",
                        path,
                        "0x" + "11".repeat(32) + "ff".repeat(32) + "1b",
                        VALUE),
                signed(401, "signature after a scheme word", "POST", path, "Bearer " + right, VALUE),
                signed(401, "signature of another value", "POST", path, right, utf8("another")),
                with(
                        401,
                        "two signatures, the wrong one first",
                        "POST",
                        path,
                        MARKER,
                        AUTHORIZATION,
                        "Authorization: " + right),
                with(
                        ANY_4XX,
                        "signature of 5000 digits",
                        "POST",
                        path,
                        MARKER,
                        "Authorization: 0x" + "1".repeat(5000)));
    }

    List<BadRequest> datasetKeys() {
        String path = "/secrets/web3?secretAddress=" + dataset;
        Wallet by = Wallet.DATASET_OWNER;
        String upper = dataset.substring(2).toUpperCase(Locale.ROOT);
        return Stream.concat(
                        signatures(path, Pushes.signDataset(by, dataset, VALUE)),
                        Stream.of(
                                asked(400, "asked for no address", "HEAD", "/secrets/web3"),
                                asked(400, "name in another case", "HEAD", "/secrets/web3?secretaddress=" + dataset),
                                asked(404, "empty address", "HEAD", "/secrets/web3?secretAddress="),
                                asked(404, "address without 0x", "HEAD", "/secrets/web3?secretAddress=" + upper),
                                asked(404, "address with 0X", "HEAD", "/secrets/web3?secretAddress=0X" + upper),
                                asked(404, "address a digit short", "HEAD", path.substring(0, path.length() - 1)),
                                asked(404, "address a digit long", "HEAD", path + "0"),
                                asked(
                                        404,
                                        "broken checksum",
                                        "HEAD",
                                        "/secrets/web3?secretAddress=0x52908400098527886E0f7030069857D2E4169EE7"),
                                asked(404, "address twice", "HEAD", path + "&secretAddress=" + dataset),
                                asked(404, "address and a NUL", "HEAD", path + "%00"),
                                asked(404, "address and a newline", "HEAD", path + "%0d%0aX-A:%20b"),
                                asked(
                                        404,
                                        "address in other digits",
                                        "HEAD",
                                        "/secrets/web3?secretAddress=0x" + "%EF%BC%91".repeat(40)),
                                sent(
                                        401,
                                        "no such contract",
                                        "POST",
                                        "/secrets/web3?secretAddress=0x" + "bb".repeat(20),
                                        MARKER),
                                sent(
                                        401,
                                        "zero address",
                                        "POST",
                                        "/secrets/web3?secretAddress=0x" + "00".repeat(20),
                                        MARKER),
                                sent(
                                        401,
                                        "address that is none",
                                        "POST",
                                        "/secrets/web3?secretAddress=nonsense",
                                        MARKER),
                                sent(400, "nothing sent", "POST", path, ""),
                                signed(400, "not UTF-8", "POST", path, FOREIGN, NOT_UTF8),
                                signed(
                                        413,
                                        "4097 bytes",
                                        "POST",
                                        path,
                                        Pushes.signDataset(by, dataset, TOO_LONG),
                                        TOO_LONG),
                                sent(401, "4097 bytes of a stranger", "POST", path, "x".repeat(4097)),
                                sent(413, "65537 bytes", "POST", path, "x".repeat(65_537)),
                                sent(413, "10 MB", "POST", path, MEGABYTES),
                                sent(405, "replaced", "PUT", path, MARKER),
                                asked(405, "read", "GET", path),
                                asked(405, "deleted", "DELETE", path)))
                .toList();
    }

    List<BadRequest> accountSecrets() {
        String path = account(owner.address(), "name");
        String digits = owner.address().substring(2);
        byte[] blank = utf8(" \t ");
        return Stream.concat(
                        signatures(path, Pushes.signNamed(owner, owner.address(), "name", VALUE)),
                        Stream.of(
                                asked(400, "no name", "HEAD", "/secrets/web2?ownerAddress=" + owner.address()),
                                asked(400, "no account", "HEAD", "/secrets/web2?secretName=name"),
                                asked(404, "asked for an account without 0x", "HEAD", account(digits, "name")),
                                asked(404, "name of control characters", "HEAD", account(owner.address(), "a%0d%0ab")),
                                asked(
                                        404,
                                        "asked for a name of 256 characters",
                                        "HEAD",
                                        account(owner.address(), "x".repeat(256))),
                                sent(401, "account without 0x", "POST", account(digits, "name"), MARKER),
                                sent(401, "account that is none", "POST", account("nobody", "name"), MARKER),
                                sent(401, "account twice", "POST", path + "&ownerAddress=" + owner.address(), MARKER),
                                sent(401, "name twice", "POST", path + "&secretName=other", MARKER),
                                named(400, "name with a newline", "a\nb"),
                                named(400, "name with a NUL", "a\u0000b"),
                                named(400, "name of 256 characters", "x".repeat(256)),
                                named(400, "name with a line separator", "a\u2028b"),
                                named(400, "no name at all", ""),
                                sent(400, "nothing sent", "POST", path, ""),
                                signed(400, "half a surrogate pair", "POST", path, FOREIGN, HALF_A_PAIR),
                                signed(
                                        413,
                                        "4097 bytes",
                                        "POST",
                                        path,
                                        Pushes.signNamed(owner, owner.address(), "name", TOO_LONG),
                                        TOO_LONG),
                                sent(413, "10 MB", "POST", path, MEGABYTES),
                                sent(400, "replaced with nothing", "PUT", path, ""),
                                sent(401, "replaced by a stranger", "PUT", path, MARKER),
                                signed(
                                        404,
                                        "replaced though never there",
                                        "PUT",
                                        account(owner.address(), "none"),
                                        Pushes.signNamed(owner, owner.address(), "none", blank),
                                        blank),
                                signed(
                                        413,
                                        "replaced with 4097 bytes",
                                        "PUT",
                                        path,
                                        Pushes.signNamed(owner, owner.address(), "name", TOO_LONG),
                                        TOO_LONG),
                                asked(405, "read", "GET", path),
                                asked(405, "deleted", "DELETE", path)))
                .toList();
    }

    private BadRequest named(int expected, String what, String name) {
        return signed(
                expected,
                what,
                "POST",
                account(owner.address(), Pushes.encoded(name)),
                Pushes.signNamed(owner, owner.address(), name, VALUE),
                VALUE);
    }

    private static String account(String address, String name) {
        return "/secrets/web2?ownerAddress=" + address + "&secretName=" + name;
    }

    List<BadRequest> appSecrets() {
        String path = "/apps/" + app + "/secrets";
        Wallet by = Wallet.APP_DEVELOPER;
        return Stream.concat(
                        signatures(path, Pushes.signNamed(by, app, "1", VALUE)),
                        Stream.of(
                                asked(404, "no such app", "HEAD", "/apps/0x" + "bb".repeat(20) + "/secrets"),
                                asked(
                                        404,
                                        "address a digit short",
                                        "HEAD",
                                        "/apps/" + app.substring(0, 41) + "/secrets"),
                                asked(404, "address without 0x", "HEAD", "/apps/" + app.substring(2) + "/secrets"),
                                asked(404, "no address", "HEAD", "/apps//secrets"),
                                asked(404, "a slash after it", "HEAD", path + "/"),
                                asked(400, "index 0", "HEAD", path + "/0"),
                                asked(400, "index below zero", "HEAD", path + "/-1"),
                                asked(400, "index that is no number", "HEAD", path + "/one"),
                                asked(400, "index with a fraction", "HEAD", path + "/1.0"),
                                asked(404, "index 2", "HEAD", path + "/2"),
                                sent(405, "pushed at index 2", "POST", path + "/2", MARKER),
                                sent(401, "pushed at index 1 by a stranger", "POST", path + "/1", MARKER),
                                sent(
                                        401,
                                        "address of a wallet",
                                        "POST",
                                        "/apps/" + owner.address() + "/secrets",
                                        MARKER),
                                sent(401, "address that is none", "POST", "/apps/0x12/secrets", MARKER),
                                sent(400, "address with a NUL", "POST", "/apps/" + app + "%00/secrets", MARKER),
                                sent(ANY_4XX, "address with a slash", "POST", "/apps/..%2f" + app + "/secrets", MARKER),
                                signed(
                                        401,
                                        "key of a requester's secret",
                                        "POST",
                                        path,
                                        Pushes.signNamed(by, app, "2", VALUE),
                                        VALUE),
                                sent(400, "nothing sent", "POST", path, ""),
                                signed(400, "NUL in two bytes", "POST", path, FOREIGN, OVERLONG_NUL),
                                signed(
                                        413,
                                        "4097 bytes",
                                        "POST",
                                        path,
                                        Pushes.signNamed(by, app, "1", TOO_LONG),
                                        TOO_LONG),
                                sent(413, "10 MB", "POST", path, MEGABYTES),
                                asked(405, "read", "GET", path),
                                sent(405, "replaced", "PUT", path, MARKER)))
                .toList();
    }

    List<BadRequest> requesterSecrets() {
        String path = requester("name");
        return Stream.concat(
                        signatures(path, Pushes.signNamed(owner, owner.address(), "name", VALUE)),
                        Stream.of(
                                asked(400, "key with a dot", "HEAD", requester("a.b")),
                                asked(400, "key of 65 characters", "HEAD", requester("x".repeat(65))),
                                asked(400, "key of other letters", "HEAD", requester("%D0%BA")),
                                asked(400, "key with a newline", "HEAD", requester("a%0Ab")),
                                asked(404, "no key", "HEAD", requester("")),
                                asked(404, "two keys", "HEAD", requester("a/b")),
                                asked(
                                        404,
                                        "account without 0x",
                                        "HEAD",
                                        "/requesters/" + owner.address().substring(2) + "/secrets/name"),
                                keyed("a.b"),
                                keyed("x".repeat(65)),
                                keyed("ключ"),
                                keyed("a b"),
                                keyed("a\r\nb"),
                                keyed("a\u0000"),
                                sent(401, "bad key of a stranger", "POST", requester("a.b"), MARKER),
                                sent(401, "account that is none", "POST", "/requesters/0x12/secrets/name", MARKER),
                                sent(ANY_4XX, "key with a slash", "POST", requester("a%2Fb"), MARKER),
                                sent(ANY_4XX, "key two folders up", "POST", requester("%2e%2e%2f%2e%2e"), MARKER),
                                sent(400, "nothing sent", "POST", path, ""),
                                signed(400, "not UTF-8", "POST", path, FOREIGN, NOT_UTF8),
                                signed(
                                        400,
                                        "4097 bytes",
                                        "POST",
                                        path,
                                        Pushes.signNamed(owner, owner.address(), "name", TOO_LONG),
                                        TOO_LONG),
                                sent(413, "10 MB", "POST", path, MEGABYTES),
                                asked(405, "read", "GET", path),
                                sent(405, "replaced", "PUT", path, MARKER)))
                .toList();
    }

    private BadRequest keyed(String key) {
        return signed(
                400,
                "key that is not allowed: " + Pushes.encoded(key),
                "POST",
                requester(Pushes.encoded(key)),
                Pushes.signNamed(owner, owner.address(), key, VALUE),
                VALUE);
    }

    private String requester(String key) {
        return "/requesters/" + owner.address() + "/secrets/" + key;
    }
}
