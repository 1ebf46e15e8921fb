package io.attested.sms.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.session.SessionId;
import io.attested.sms.session.SessionStore;
import io.attested.sms.session.SessionStore.Posted;
import io.attested.sms.session.SessionStore.Posted.Accepted;
import io.attested.sms.session.SessionStore.Posted.NoAnswer;
import io.attested.sms.session.SessionStore.Posted.Refused;
import io.attested.sms.session.SessionStore.Posted.Unsafe;
import io.attested.sms.session.StagedSession;
import io.attested.sms.session.StagedSession.FileSystem;
import io.attested.sms.session.StagedSession.Stage;
import io.attested.sms.session.StagedSession.StageName;
import io.attested.sms.session.scone.CasStore;
import io.attested.sms.standin.Reply;
import io.attested.sms.standin.StoreStandIn;
import io.attested.sms.task.TeeFramework;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the three adapters do with answers, and with values that are hard to write. */
class StorePostingTest {
    private static final SessionId ID = new SessionId("AbCdEf12340000" + "0x" + "7a".repeat(32));

    @TempDir
    static Path folder;

    private static TestStores stores;

    private long requestsBefore;

    @BeforeAll
    static void open() {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @BeforeEach
    void startAnew() {
        for (StoreStandIn standIn : standIns()) {
            standIn.behave(Reply.status(201));
        }
        requestsBefore = requests();
    }

    private static List<StoreStandIn> standIns() {
        return List.of(stores.cas(), stores.sps(), stores.storage());
    }

    private static long requests() {
        return standIns().stream()
                .mapToLong(standIn -> standIn.server().requests())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "200,false,true,true",
        "201,true,true,true",
        "204,false,true,true",
        "299,false,true,true",
        "302,false,false,false",
        "400,false,false,false",
        "401,false,false,false",
        "404,false,false,false",
        "409,false,false,false",
        "500,false,false,false",
        "503,false,false,false"
    })
    void aCasAcceptsWith201AndTheOthersWithAny2xx(int status, boolean cas, boolean sps, boolean storage) {
        for (StoreStandIn standIn : standIns()) {
            standIn.behave(Reply.status(status));
        }
        StagedSession session = session("value");

        assertThat(cas().post(session)).isEqualTo(cas ? new Accepted() : new Refused(status));
        assertThat(stores.spsStore().post(session)).isEqualTo(sps ? new Accepted() : new Refused(status));
        assertThat(stores.tdxStore().post(session)).isEqualTo(storage ? new Accepted() : new Refused(status));
    }

    @Test
    void aStoreThatClosesIsNoAnswerAndNothingIsTriedAgain() {
        for (StoreStandIn standIn : standIns()) {
            standIn.behave(new Reply.Closed());
        }

        for (SessionStore store : List.of(cas(), stores.spsStore(), stores.tdxStore())) {
            assertThat(store.post(session("value"))).isEqualTo(new NoAnswer(true, "reset"));
        }
        assertThat(requests() - requestsBefore).isEqualTo(3);
    }

    @Test
    void anotherPasswordIsRefusedByTheProvisioningService() {
        assertThat(stores.spsStore("another").post(session("value"))).isEqualTo(new Refused(400));
        assertThat(stores.sps().violations()).singleElement().asString().contains("Authorization");
    }

    @Test
    void theNamesAndAddressesAreTheConfiguredOnes() {
        assertThat(cas().name()).isEqualTo("scone");
        assertThat(cas().provisioningUrl()).isEqualTo("cas.example:18765");
        assertThat(stores.spsStore().name()).isEqualTo("gramine");
        assertThat(stores.spsStore().provisioningUrl()).isEqualTo("sps.example:4433");
        assertThat(stores.tdxStore().name()).isEqualTo("tdx");
        assertThat(stores.tdxStore().provisioningUrl()).isEqualTo("https://storage.example/attest");
    }

    @Test
    void withoutAnAttestationServerTheUrlIsNull() {
        CasStore.Attestation hardware = new CasStore.Attestation(List.of(), List.of(), CasStore.Mode.HARDWARE);

        assertThat(stores.casStore(hardware, Optional.empty()).post(session("value")))
                .isEqualTo(new Accepted());
        assertThat(stores.cas().sessions().getLast().text()).endsWith("""
                        security:
                          attestation:
                            tolerate: []
                            ignore_advisories: []
                            mode: "hardware"
                            url: null
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "no",
                "null",
                "~",
                "1_000",
                "0x1F",
                "1e3",
                "2026-11-21",
                "true",
                "- a",
                "a: b",
                "a #b",
                "# a",
                "*a",
                "&a",
                "!!int 3",
                "!ruby/object:x",
                "{a: b}",
                "[a]",
                "%a",
                "@a",
                "`a`",
                "|",
                ">",
                "'",
                "\"",
                "\\",
                "\\n",
                "two\nlines",
                "two\r\nlines",
                "---\na: b",
                "...\n",
                "tab\there",
                " leading and trailing ",
                "\u0001\u001b\u007f",
                "\u0085\u2028\u2029\ufeff",
                "é ü 漢字",
                "\ud83d\ude00",
                "$SCONE::a$",
                "$$scone::a$$",
                "$$",
                "\", \"other\": \"",
                "\"\n    \"OTHER\": \"x"
            })
    void aValueArrivesAsItIs(String value) {
        assertThat(arrived(value)).containsOnly(value);
        assertThat(stores.cas().violations()).isEmpty();
    }

    @Test
    void manyRandomValuesArriveAsTheyAre() {
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                value.appendCodePoint(codePoint(random));
            }
            if (!value.toString().contains("$$SCONE::")) {
                assertThat(arrived(value.toString())).containsOnly(value.toString());
            }
        }
    }

    @Test
    void aValueOfManyKilobytesStaysOneLine() {
        String value = "word ".repeat(20_000);

        assertThat(arrived(value)).containsOnly(value);
        assertThat(stores.cas().sessions().getLast().text().lines())
                .filteredOn(line -> line.contains("word word"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "\ud800", "\udc00\ud800", "a\udfff"})
    void whatNoProcessCanBeGivenIsRefusedByAllBeforeAnythingIsSent(String value) {
        Posted unsafe = new Unsafe(StageName.APP, "SECRET");

        assertThat(cas().post(session(value))).isEqualTo(unsafe);
        assertThat(stores.spsStore().post(session(value))).isEqualTo(unsafe);
        assertThat(stores.tdxStore().post(session(value))).isEqualTo(unsafe);
        assertThat(requests()).isEqualTo(requestsBefore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$$SCONE::", "$$SCONE::root:hex$$", "a$$SCONE::b", "$$$SCONE::b"})
    void whatACasWouldReplaceIsRefusedForACasOnly(String value) {
        assertThat(cas().post(session(value))).isEqualTo(new Unsafe(StageName.APP, "SECRET"));
        assertThat(requests()).isEqualTo(requestsBefore);
        assertThat(stores.spsStore().post(session(value))).isEqualTo(new Accepted());
        assertThat(stores.tdxStore().post(session(value))).isEqualTo(new Accepted());
    }

    @Test
    void commandsImagesAndNamesAreReadLikeValues() {
        assertThat(cas().post(session(app("node $$SCONE::x$$", "image", Map.of("A", "b")))))
                .isEqualTo(new Unsafe(StageName.APP, "command"));
        assertThat(cas().post(session(app("node app.js --to @@1", "image", Map.of("A", "b")))))
                .as("the host's own argument")
                .isEqualTo(new Unsafe(StageName.APP, "command"));
        assertThat(requests()).isEqualTo(requestsBefore);
        assertThat(cas().post(session(app("node app.js a@1", "image", Map.of("A", "@@1")))))
                .isEqualTo(new Accepted());
        assertThat(stores.tdxStore().post(session(app("", "ima\0ge", Map.of("A", "b")))))
                .isEqualTo(new Unsafe(StageName.APP, "image"));
        assertThat(stores.tdxStore().post(session(app("", "image", Map.of("A=B", "b")))))
                .isEqualTo(new Unsafe(StageName.APP, "the name of a variable"));
    }

    @Test
    void whatGramineIsNotSentIsNotJudged() {
        Stage preCompute =
                new Stage(StageName.PRE_COMPUTE, "image", "1a".repeat(32), Optional.empty(), "", Map.of("KEY", "a\0b"));
        Stage app = app("run", "image", Map.of("A", "b"));
        StagedSession session = new StagedSession(ID, TeeFramework.GRAMINE, List.of(preCompute, app, postCompute()));

        assertThat(stores.spsStore().post(session)).isEqualTo(new Accepted());
        assertThat(stores.sps().sessions().getLast().environments()).containsOnlyKeys("app", "post-compute");
    }

    @Test
    void onlyTheAppHasATree() {
        Stage app = new Stage(
                StageName.APP,
                "image",
                "a9".repeat(32),
                Optional.of(new FileSystem("bb".repeat(32), "cc".repeat(16))),
                "run",
                Map.of("A", "b"));

        assertThat(cas().post(session(app))).isEqualTo(new Accepted());
        assertThat(stores.cas().sessions().getLast().text()).containsOnlyOnce("fspf_tag: \"" + "cc".repeat(16) + "\"");
    }

    /** The value as each store read it. */
    private List<String> arrived(String value) {
        List<String> values = new ArrayList<>();
        assertThat(cas().post(session(value))).isEqualTo(new Accepted());
        assertThat(stores.spsStore().post(session(value))).isEqualTo(new Accepted());
        assertThat(stores.tdxStore().post(session(value))).isEqualTo(new Accepted());
        for (StoreStandIn standIn : standIns()) {
            values.add(standIn.sessions().getLast().environment("app").get("SECRET"));
        }
        return values;
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0x20 + random.nextInt(0x5f);
            case 1 -> 1 + random.nextInt(0x9f);
            case 2 -> 0xe000 + random.nextInt(0x1fff);
            default -> 0x10000 + random.nextInt(0xfffff);
        };
    }

    private CasStore cas() {
        return stores.casStore(Optional.of("https://maa.example"));
    }

    private static StagedSession session(String value) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("IEXEC_TASK_ID", "0x1");
        environment.put("SECRET", value);
        return session(app("run", "image", environment));
    }

    private static StagedSession session(Stage app) {
        return new StagedSession(ID, TeeFramework.SCONE, List.of(app, postCompute()));
    }

    private static Stage app(String command, String image, Map<String, String> environment) {
        return new Stage(StageName.APP, image, "a9".repeat(32), Optional.empty(), command, environment);
    }

    private static Stage postCompute() {
        return new Stage(StageName.POST_COMPUTE, "post", "2b".repeat(32), Optional.empty(), "java", Map.of("C", "d"));
    }
}
