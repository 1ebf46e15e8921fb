package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The contract's test vectors, as they were recorded of the original's clients, contract section 2.6. */
final class VectorChecks {
    private static final String VECTORS = "2.6";
    static final String OWNER_KEY = "0x" + "11".repeat(32);
    static final String FIRST_VECTOR = "0x3fe5f60e569a92fa4454480e1549240bc1feeb64e7f996e4415b87750700ab19"
            + "0895ff14c07b765af1e19b1ee5f45044ef6d605f1802b6f512b321429c2e70d81c";
    static final String SECOND_VECTOR = "0x24a43f3ef52c417ef9ffcc40ae24c2be5d3ef813396a6957b0330049b3d0d943"
            + "51b5e3ba29966df07100575f8e02e1cd9d76ed3e9ce9b6fbf27b8c9c01d9ed6d1c";
    static final String THIRD_VECTOR = "0x17ad9bc7283600c14e03b4112694ea5224c290c7c8cfaa8830c67380bec4e70b"
            + "0d5928f1ab5b0fcdcbea76ea8688de86ea36b5a938a2ed89e857c7a10e286ac11b";
    static final String FOURTH_VECTOR = "0x4f11f25724eb03061cd8acb4114dae4d12f20e29f957c84d5691a752ddcc307c"
            + "3e713cd1ea82e2974a90b806605c8fcb7adb1c661065483c7ec85c20a4bcb9ff1c";

    private VectorChecks() {}

    static Stream<Check> all() {
        Wallet wallet = Wallet.ofPrivateKey(OWNER_KEY);
        String owner = wallet.checksummedAddress();
        // The names are fixed: whoever ran the kit before has pushed them, with this very signature.
        Expected storedOrThere = status(204).or(status(409));
        String requesterPath = Kind.requesterPath(owner, "my-secret");
        String web2Path = Kind.web2Path(owner, "iexec-result-dropbox-token");
        return Stream.of(
                vector("vector-001", "Vector 1 (web2, my-token) is accepted")
                        .expects(storedOrThere)
                        .plays(scene -> scene.send(
                                Request.post(web2Path).text("my-token").signed(FIRST_VECTOR))),
                vector("vector-002", "Vector 1 with another value is refused")
                        .expects(empty(401))
                        .plays(scene -> scene.send(
                                Request.post(web2Path).text("my-tokem").signed(FIRST_VECTOR))),
                vector("vector-003", "Vector 1 as a PUT is accepted where it is the value")
                        .expects(empty(204))
                        .plays(scene -> {
                            scene.given(Request.post(web2Path).text("my-token").signed(FIRST_VECTOR), storedOrThere);
                            return scene.send(
                                    Request.put(web2Path).text("my-token").signed(FIRST_VECTOR));
                        }),
                vector("vector-004", "Vector 2 (requester, hello é in UTF-8) is accepted")
                        .expects(storedOrThere)
                        .plays(scene -> scene.send(
                                Request.post(requesterPath).text("hello é").signed(SECOND_VECTOR))),
                vector("vector-005", "Vector 2 without its accent is refused")
                        .expects(Kind.REQUESTERS.unauthorized())
                        .plays(scene -> scene.send(
                                Request.post(requesterPath).text("hello e").signed(SECOND_VECTOR))),
                vector("vector-006", "Vector 3 (web3) is refused where nobody owns its address")
                        .expects(empty(401))
                        .plays(scene ->
                                scene.send(Request.post(Kind.web3Path("0x52908400098527886E0F7030069857D2E4169EE7"))
                                        .text("dGVzdC1kYXRhc2V0LWtleQ==")
                                        .signed(THIRD_VECTOR))),
                vector("vector-007", "Vector 4 (app developer) is refused where nobody owns its address")
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene ->
                                scene.send(Request.post(Kind.appPath("0x8617E340B3D01FA5F11F306F4090FD50E238070D"))
                                        .text("app-secret")
                                        .signed(FOURTH_VECTOR))),
                vector("vector-009", "The domain is the hash of IEXEC_SMS_DOMAIN: another domain is refused")
                        .expects(empty(401))
                        .plays(scene -> {
                            Actor actor = scene.actor();
                            byte[] other = Challenges.hash(
                                    utf8Hash("IEXEC_SMS"),
                                    Challenges.hex(actor.address()),
                                    utf8Hash("name"),
                                    utf8Hash("value"));
                            return scene.send(
                                    Kind.web2(actor, "name").unsigned("value").signed(actor.sign(other)));
                        }));
    }

    private static Check.Draft vector(String id, String statement) {
        return Check.of("signatures-" + id, VECTORS, statement);
    }

    private static byte[] utf8Hash(String text) {
        return Challenges.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
