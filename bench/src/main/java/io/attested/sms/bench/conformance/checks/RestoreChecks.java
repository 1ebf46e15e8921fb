package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Script;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code /admin/…/restore-backup}, contract sections 1.6 and 6.4. Each check makes the backup it restores; what others push
 * between the two may be lost, so they ask for leave.
 */
final class RestoreChecks {
    private RestoreChecks() {}

    static Stream<Check> all() {
        return Stream.of(restored(), contents()).flatMap(List::stream);
    }

    private static Check check(String id, String statement, Expected expected, Script script) {
        return Check.of("restore-" + id, "1.6", statement)
                .needs(Need.RESTORE)
                .expects(expected)
                .plays(script);
    }

    private static List<Check> restored() {
        return List.of(
                check(
                        "backup-001",
                        "restore-backup of a replicated backup is a 200 without a body",
                        empty(200),
                        scene -> restore(scene, AdminChecks.replicated(scene))),
                check("backup-002", "A restore may be repeated: 200 each time", told("200, 200"), scene -> {
                    String name = AdminChecks.replicated(scene);
                    return Seen.statuses(List.of(restore(scene, name), restore(scene, name)));
                }),
                check("backup-003", "A pair that copy-to made is restored like the first", empty(200), scene -> {
                    String name = AdminChecks.replicated(scene);
                    scene.given(
                            AdminChecks.send(
                                    scene,
                                    Request.post(AdminChecks.admin(scene) + "/copy-to/" + AdminChecks.folder(scene)
                                            + "?sourceFileName=" + name + "&destinationFileName=" + name + "-copy")),
                            empty(200));
                    return restore(scene, name + "-copy");
                }),
                check("backup-004", "A pair that was deleted is a 404", empty(404), scene -> {
                    String name = AdminChecks.replicated(scene);
                    scene.given(
                            AdminChecks.send(
                                    scene,
                                    Request.delete(AdminChecks.admin(scene) + "/delete-backup?fileName=" + name)),
                            empty(200));
                    return restore(scene, name);
                }));
    }

    private static List<Check> contents() {
        return List.of(
                check("secret-001", "What is in the backup is there after its restore", empty(204), scene -> {
                    Target target = Kind.WEB2.fresh(scene);
                    scene.given(target.push("value"), empty(204));
                    scene.given(restore(scene, AdminChecks.replicated(scene)), empty(200));
                    return scene.send(target.head());
                }),
                check("secret-002", "After a restore a push is answered 204 as ever", empty(204), scene -> {
                    scene.given(restore(scene, AdminChecks.replicated(scene)), empty(200));
                    return scene.send(Kind.REQUESTERS.fresh(scene).push("value"));
                }),
                check(
                        "secret-003",
                        "After a restore that was refused a push is answered 204 as ever",
                        empty(204),
                        scene -> {
                            scene.given(restore(scene, scene.name()), empty(404));
                            return scene.send(Kind.WEB2.fresh(scene).push("value"));
                        }),
                Check.of(
                                "restore-secret-004",
                                "6.4",
                                "A restore replaces what is there: to replace what was pushed after the backup is a 404")
                        .needs(Need.RESTORE)
                        .expects(empty(404))
                        .orDeviation(Listed.RESTORE_UNITES, empty(204))
                        .plays(scene -> {
                            String name = AdminChecks.replicated(scene);
                            Target target = Kind.WEB2.fresh(scene);
                            scene.given(target.push("value"), empty(204));
                            scene.given(restore(scene, name), empty(200));
                            return scene.send(target.put("another"));
                        }));
    }

    /** With the key, from the storage folder. */
    static Seen restore(Scene scene, String name) {
        return AdminChecks.send(scene, Request.post(AdminChecks.admin(scene) + "/restore-backup?fileName=" + name));
    }
}
