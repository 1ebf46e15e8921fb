package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.body;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.headerList;
import static io.attested.sms.bench.conformance.Expected.noContentType;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Answer;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code /admin}, contract section 1.6. Without the key only that it is closed; with it the refusals; with its storage folder
 * too, backups are made, copied and deleted there. {@link RestoreChecks} restore them.
 */
final class AdminChecks {
    private static final String SECTION = "1.6";
    private static final String KEY_HEADER = "X-API-KEY";
    private static final Expected CLOSED = new Expected(
            "403 disabled, or 401 not authorized, with its text and no content type",
            status(403)
                    .and(body("This endpoint is disabled."))
                    .or(status(401).and(body("You are not authorized to access this endpoint.")))
                    .and(noContentType())
                    .holds());

    private static final int TOGETHER = 64;
    private static final int ROUNDS = 5;
    private static final String BUSY = "201 and 429";

    private AdminChecks() {}

    static Stream<Check> all() {
        return Stream.of(closed(), names(), folders(), files(), others()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("admin-" + id, SECTION, statement);
    }

    private static List<Check> closed() {
        String folder = HexFormat.of().formatHex("/backup".getBytes(StandardCharsets.US_ASCII));
        return List.of(
                closed("closed-001", "backup", Request.post("/admin/backup")),
                closed(
                        "closed-002",
                        "replicate-backup",
                        Request.post("/admin/" + folder + "/replicate-backup?fileName=a")),
                closed("closed-003", "restore-backup", Request.post("/admin/" + folder + "/restore-backup?fileName=a")),
                closed("closed-004", "delete-backup", Request.delete("/admin/" + folder + "/delete-backup?fileName=a")),
                closed(
                        "closed-005",
                        "copy-to",
                        Request.post("/admin/" + folder + "/copy-to/" + folder + "?sourceFileName=a")),
                closed(
                        "closed-006",
                        "restore-backup without a name",
                        Request.post("/admin/" + folder + "/restore-backup")),
                closed("closed-007", "a folder that is no hex", Request.post("/admin/zz/restore-backup?fileName=a")),
                closed("closed-008", "a wrong method", Request.get("/admin/backup")),
                check("closed-009", "A wrong key is refused like none")
                        .expects(CLOSED)
                        .plays(scene -> scene.send(Request.post("/admin/backup").header(KEY_HEADER, scene.hex()))),
                check("closed-010", "An empty key is refused like none")
                        .expects(CLOSED)
                        .plays(scene -> scene.send(Request.post("/admin/backup").header(KEY_HEADER, ""))),
                check("closed-011", "A key in a query or as Authorization is none")
                        .expects(CLOSED)
                        .plays(scene -> scene.send(Request.post("/admin/backup?X-API-KEY=" + scene.hex())
                                .signed(scene.hex()))));
    }

    private static Check closed(String id, String what, Request request) {
        return check(id, "The key comes first: " + what + " without one is 403 disabled or 401, with its text")
                .expects(CLOSED)
                .plays(scene -> scene.send(request));
    }

    private static List<Check> names() {
        Expected unauthorized = status(401)
                .and(body("You are not authorized to access this endpoint."))
                .and(noContentType());
        return List.of(
                check("key-001", "Where there is a key, a request without one is a 401 with its text")
                        .needs(Need.ADMIN_KEY)
                        .expects(unauthorized)
                        .plays(scene -> scene.send(Request.post("/admin/backup"))),
                check("key-002", "Where there is a key, another is a 401 with its text")
                        .needs(Need.ADMIN_KEY)
                        .expects(unauthorized)
                        .plays(scene ->
                                scene.send(Request.post("/admin/backup").header(KEY_HEADER, scene.adminKey() + "0"))),
                check("key-003", "Where there is a key, its beginning is a 401 with its text")
                        .needs(Need.ADMIN_KEY)
                        .expects(unauthorized)
                        .plays(scene -> scene.send(Request.post("/admin/backup")
                                .header(
                                        KEY_HEADER,
                                        scene.adminKey()
                                                .substring(0, scene.adminKey().length() - 1)))),
                keyed(
                        "name-001",
                        "restore-backup without fileName is a 400",
                        status(400),
                        folder -> Request.post("/admin/" + folder + "/restore-backup")),
                stored(
                        "name-002",
                        "restore-backup with a blank fileName is a 400",
                        empty(400),
                        scene -> send(scene, Request.post(admin(scene) + "/restore-backup?fileName=%20"))),
                keyed(
                        "name-003",
                        "replicate-backup without fileName is a 400",
                        status(400),
                        folder -> Request.post("/admin/" + folder + "/replicate-backup")),
                stored(
                        "name-004",
                        "replicate-backup with an empty fileName is a 400",
                        empty(400),
                        scene -> send(scene, replicate(scene, ""))),
                keyed(
                        "name-005",
                        "delete-backup without fileName is a 400",
                        status(400),
                        folder -> Request.delete("/admin/" + folder + "/delete-backup")),
                keyed(
                        "name-006",
                        "copy-to without sourceFileName is a 400",
                        status(400),
                        folder -> Request.post("/admin/" + folder + "/copy-to/" + folder)),
                stored(
                        "name-007",
                        "copy-to with a blank sourceFileName is a 400",
                        empty(400),
                        scene -> send(
                                scene,
                                Request.post(admin(scene) + "/copy-to/" + folder(scene) + "?sourceFileName=%20"))));
    }

    private static List<Check> folders() {
        String unknown = hex("/no/such/folder/anywhere");
        Expected refused = empty(404).or(empty(500));
        return List.of(
                keyed(
                        "folder-001",
                        "restore-backup of an unknown folder is a 404, outside the storage a 500",
                        refused,
                        folder -> Request.post("/admin/" + unknown + "/restore-backup?fileName=a")),
                keyed(
                        "folder-002",
                        "delete-backup of an unknown folder is a 404, outside the storage a 500",
                        refused,
                        folder -> Request.delete("/admin/" + unknown + "/delete-backup?fileName=a")),
                keyed(
                        "folder-003",
                        "replicate-backup to an unknown folder is a 404, outside the storage a 500",
                        refused,
                        folder -> Request.post("/admin/" + unknown + "/replicate-backup?fileName=a")),
                keyed(
                        "folder-004",
                        "A folder whose hex is none is a 500",
                        empty(500),
                        folder -> Request.post("/admin/zz/restore-backup?fileName=a")),
                keyed(
                        "folder-005",
                        "The folder /etc is no storage: nothing is copied there",
                        refused,
                        folder -> Request.post("/admin/" + hex("/etc") + "/replicate-backup?fileName=a")));
    }

    private interface Asking {
        Request of(String folder);
    }

    private static Check keyed(String id, String statement, Expected expected, Asking asking) {
        return check(id, statement)
                .needs(Need.ADMIN_KEY)
                .expects(expected)
                .plays(scene -> send(scene, asking.of(hex("/backup"))));
    }

    private static List<Check> files() {
        return List.of(
                stored(
                        "backup-001",
                        "backup is a 201 without a body, and may be repeated",
                        told("201, 201"),
                        scene -> Seen.statuses(List.of(backup(scene), backup(scene)))),
                stored(
                        "backup-002",
                        "replicate-backup copies it: 200, and refuses to overwrite: 500",
                        told("200, 500"),
                        scene -> {
                            scene.given(backup(scene), empty(201));
                            Request replicate = replicate(scene, scene.name());
                            return Seen.statuses(List.of(send(scene, replicate), send(scene, replicate)));
                        }),
                stored(
                        "backup-003",
                        "copy-to copies a pair: 200, and refuses to overwrite: 500",
                        told("200, 500"),
                        scene -> {
                            String name = replicated(scene);
                            Request copy = Request.post(admin(scene) + "/copy-to/" + folder(scene) + "?sourceFileName="
                                    + name + "&destinationFileName=" + name + "-copy");
                            return Seen.statuses(List.of(send(scene, copy), send(scene, copy)));
                        }),
                stored(
                        "backup-004",
                        "delete-backup deletes the pair: 200, and then there is none: 404 or 500",
                        status(404, 500),
                        scene -> {
                            Request delete =
                                    Request.delete(admin(scene) + "/delete-backup?fileName=" + replicated(scene));
                            scene.given(send(scene, delete), empty(200));
                            return send(scene, delete);
                        }),
                stored(
                        "backup-005",
                        "restore-backup of a file that is not there is a 404",
                        empty(404),
                        scene -> send(scene, Request.post(admin(scene) + "/restore-backup?fileName=" + scene.name()))),
                stored(
                        "backup-006",
                        "copy-to of a file that is not there is a 404",
                        empty(404),
                        scene -> send(
                                scene,
                                Request.post(admin(scene) + "/copy-to/" + folder(scene) + "?sourceFileName="
                                        + scene.name() + "&destinationFileName=" + scene.name()))),
                stored(
                        "backup-007",
                        "A name that climbs out of the folder is refused",
                        status(400, 404, 500),
                        scene -> send(scene, replicate(scene, "..%2f..%2f" + scene.name()))));
    }

    private static List<Check> others() {
        return List.of(
                keyed(
                        "method-001",
                        "GET of backup with the key is a 405 with Allow and the default error object",
                        defaultError(405, "Method Not Allowed").and(headerList("Allow", "POST")),
                        folder -> Request.get("/admin/backup")),
                keyed(
                        "method-002",
                        "POST of delete-backup with the key is a 405 with Allow and the default error object",
                        defaultError(405, "Method Not Allowed").and(headerList("Allow", "DELETE")),
                        folder -> Request.post("/admin/" + folder + "/delete-backup?fileName=a")),
                keyed(
                        "path-001",
                        "An unknown path below /admin with the key is a 404 with the default error object",
                        defaultError(404, "Not Found"),
                        folder -> Request.post("/admin/" + folder + "/nothing-here")),
                stored(
                        "copy-001",
                        "copy-to without destinationFileName keeps the name, which is taken in the same folder: 500",
                        empty(500),
                        scene -> send(
                                scene,
                                Request.post(admin(scene) + "/copy-to/" + folder(scene) + "?sourceFileName="
                                        + replicated(scene)))),
                stored(
                        "busy-001",
                        "While one operation holds the lock for over 100 ms, another is a 429 without a body",
                        told(BUSY),
                        AdminChecks::busy));
    }

    /** Who is first is left to chance, and so is how long the lock is held; so many at once wait longer than 100 ms. */
    private static Seen busy(Scene scene) {
        List<Request> together = IntStream.range(0, TOGETHER)
                .mapToObj(i -> Request.post("/admin/backup").header(KEY_HEADER, scene.adminKey()))
                .toList();
        Seen told = new Seen.Told("nothing");
        for (int round = 0; round < ROUNDS; round++) {
            List<Seen> seen = scene.service().sendTogether(together);
            Set<String> words = seen.stream()
                    .map(one -> Seen.statusWord(one)
                            + (one instanceof Answer answer && answer.content().length() > 0 ? " with a body" : ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            told = new Seen.Told(String.join(" and ", words));
            if (!words.equals(Set.of("201"))) {
                return told;
            }
        }
        return told;
    }

    private interface Play {
        Seen in(Scene scene);
    }

    private static Check stored(String id, String statement, Expected expected, Play play) {
        return check(id, statement).needs(Need.ADMIN_STORAGE).expects(expected).plays(play::in);
    }

    /** A backup under a name of its own. */
    static String replicated(Scene scene) {
        String name = scene.name();
        scene.given(backup(scene), empty(201));
        scene.given(send(scene, replicate(scene, name)), empty(200));
        return name;
    }

    /** Its copy to the storage folder. */
    static Request replicate(Scene scene, String name) {
        return Request.post(admin(scene) + "/replicate-backup?fileName=" + name);
    }

    /** A step: a new backup in the folder work. */
    static Seen backup(Scene scene) {
        return send(scene, Request.post("/admin/backup"));
    }

    /** With the key. */
    static Seen send(Scene scene, Request request) {
        return scene.send(request.header(KEY_HEADER, scene.adminKey()));
    }

    /** Path of what concerns the storage folder. */
    static String admin(Scene scene) {
        return "/admin/" + folder(scene);
    }

    /** Id of the storage folder. */
    static String folder(Scene scene) {
        return hex(scene.adminStorage());
    }

    private static String hex(String folder) {
        return HexFormat.of().formatHex(folder.getBytes(StandardCharsets.US_ASCII));
    }
}
